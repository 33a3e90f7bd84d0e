'use client'

import { DragDropContext } from '@hello-pangea/dnd'
import type { OpportunityBoard, OpportunityMove } from '@tenantry/contracts/opportunities'
import { useState } from 'react'
import { useMay, useTenantFormat } from '../../../../components/shell/use-session.ts'
import { LostReasonDialog } from '../lost-reason-dialog.tsx'
import type { boardQuery } from './board-state.ts'
import { BoardColumn } from './column.tsx'
import { cardAbove } from './move-card.ts'
import { useMove } from './use-move.ts'

/** Drag by mouse, by keyboard (space, arrows, space), or choose a stage from the card's menu. */
export function Board(props: { board: OpportunityBoard; query: ReturnType<typeof boardQuery>; isStale: boolean }) {
  const { locale } = useTenantFormat()
  const mayWrite = useMay('records.write')
  const move = useMove(props.query)
  const [lost, setLost] = useState<{ name: string; move: OpportunityMove }>()
  const { columns } = props.board

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
    <>
      <DragDropContext
        onDragEnd={({ draggableId, source, destination }) => {
          if (destination === null) return
          if (destination.droppableId === source.droppableId && destination.index === source.index) return
          place(draggableId, destination.droppableId, destination.index)
        }}
      >
        <section
          aria-label="Stages"
          aria-busy={props.isStale}
          className="-mx-4 flex snap-x scroll-px-4 gap-3 overflow-x-auto px-4 pb-3 md:-mx-7 md:scroll-px-7 md:px-7"
        >
          {columns.map((column) => (
            <BoardColumn
              key={column.stageId}
              column={column}
              stages={columns}
              locale={locale}
              mayWrite={mayWrite}
              onStage={(cardId, stageId) => place(cardId, stageId, undefined)}
            />
          ))}
        </section>
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
    </>
  )
}
