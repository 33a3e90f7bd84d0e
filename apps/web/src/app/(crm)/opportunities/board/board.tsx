'use client'

import { DragDropContext, Draggable, Droppable } from '@hello-pangea/dnd'
import { useQuery } from '@tanstack/react-query'
import type { OpportunityMove } from '@tenantry/contracts/opportunities'
import { useState } from 'react'
import { Failure } from '../../../../components/failure.tsx'
import { useMay, useTenantFormat } from '../../../../components/shell/use-session.ts'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { formatMoney } from '../../../../format/money.ts'
import { useTRPC } from '../../../../trpc/client.tsx'
import { BoardCard } from './card.tsx'
import { LostReasonDialog } from './lost-reason-dialog.tsx'
import { cardAbove } from './move-card.ts'
import { useMove } from './use-move.ts'

/** Drag by mouse, by keyboard (space, arrows, space), or choose a stage from the card's menu. */
export function OpportunityBoardPage() {
  const trpc = useTRPC()
  const { locale } = useTenantFormat()
  const mayWrite = useMay('records.write')
  const board = useQuery(trpc.opportunities.board.queryOptions({}))
  const move = useMove()
  const [lost, setLost] = useState<{ name: string; move: OpportunityMove }>()
  if (board.error !== null) return <Failure error={board.error} onRetry={() => void board.refetch()} />
  if (board.data === undefined) return <SkeletonRows />
  const { columns } = board.data

  const place = (cardId: string, stageId: string, index: number | undefined) => {
    const column = columns.find((one) => one.stageId === stageId)
    const from = columns.find((one) => one.cards.some((card) => card.id === cardId))
    const card = from?.cards.find((one) => one.id === cardId)
    if (column === undefined || card === undefined) return
    const afterId = index === undefined ? undefined : cardAbove(column, cardId, index)
    const next = { id: card.id, version: card.version, stageId: column.stageId, afterId }
    if (column.kind === 'lost' && from?.stageId !== column.stageId) setLost({ name: card.name, move: next })
    else move.mutate(next)
  }

  return (
    <div className="grid gap-4">
      <h1 className="text-xl font-semibold">Board</h1>
      {move.error !== null && <Failure error={move.error} />}
      <DragDropContext
        onDragEnd={({ draggableId, source, destination }) => {
          if (destination === null) return
          if (destination.droppableId === source.droppableId && destination.index === source.index) return
          place(draggableId, destination.droppableId, destination.index)
        }}
      >
        <div className="flex snap-x gap-3 overflow-x-auto pb-3" role="region" aria-label="Stages" tabIndex={0}>
          {columns.map((column) => (
            <section key={column.stageId} aria-label={column.name} className="w-72 shrink-0 snap-start rounded-lg bg-sunken p-2">
              <div className="flex items-baseline gap-2 px-2 py-1">
                <h2 className="font-semibold">{column.name}</h2>
                <span className="text-xs text-muted tabular-nums">{column.count}</span>
              </div>
              <p className="px-2 pb-2 text-xs text-muted tabular-nums">
                {column.totals.map((total) => formatMoney(total.amountMinor, total.currency, locale)).join(' · ') || '–'}
              </p>
              <Droppable droppableId={column.stageId}>
                {(drop) => (
                  <div ref={drop.innerRef} {...drop.droppableProps} className="grid min-h-16 content-start gap-2">
                    {column.cards.map((card, index) => (
                      <Draggable key={card.id} draggableId={card.id} index={index} isDragDisabled={!mayWrite}>
                        {(drag) => (
                          <BoardCard
                            drag={drag}
                            card={card}
                            locale={locale}
                            stages={columns}
                            onStage={mayWrite ? (stageId) => place(card.id, stageId, undefined) : undefined}
                          />
                        )}
                      </Draggable>
                    ))}
                    {drop.placeholder}
                  </div>
                )}
              </Droppable>
            </section>
          ))}
        </div>
      </DragDropContext>
      {lost !== undefined && (
        <LostReasonDialog
          name={lost.name}
          onCancel={() => setLost(undefined)}
          onSave={(lostReason) => {
            move.mutate({ ...lost.move, lostReason })
            setLost(undefined)
          }}
        />
      )}
    </div>
  )
}
