import { Draggable, Droppable } from '@hello-pangea/dnd'
import type { OpportunityBoard } from '@tenantry/contracts/opportunities'
import { Plus } from 'lucide-react'
import Link from 'next/link'
import { twMerge } from 'tailwind-merge'
import { buttonLook } from '../../../../components/ui/button.tsx'
import { formatRoundMoney } from '../../../../format/money.ts'
import { BoardCard } from './card.tsx'

type Column = OpportunityBoard['columns'][number]

/** A stage with its cards, how many there are and what they are worth. */
export function BoardColumn(props: {
  column: Column
  stages: readonly Column[]
  locale: string
  mayWrite: boolean
  onStage: (cardId: string, stageId: string) => void
}) {
  const { column, locale, mayWrite } = props
  const hidden = column.count - column.cards.length
  return (
    <section
      aria-label={column.name}
      className="flex w-[82vw] max-w-72 shrink-0 snap-start flex-col rounded-lg bg-sunken p-2 md:w-72"
    >
      <div className="flex items-center gap-2 pr-0.5 pl-2">
        <h2 className="truncate font-semibold">{column.name}</h2>
        <span className="text-[13px] text-muted tabular-nums">{column.count}</span>
        {mayWrite && column.kind === 'open' && (
          <Link
            href={`/opportunities/new?stage=${column.stageId}`}
            aria-label={`New opportunity in ${column.name}`}
            className={twMerge(buttonLook({ look: 'quiet', size: 'smallIcon' }), 'ml-auto hover:bg-card')}
          >
            <Plus aria-hidden className="size-4" />
          </Link>
        )}
      </div>
      <Totals column={column} locale={locale} />
      <Droppable droppableId={column.stageId}>
        {(drop, { isDraggingOver }) => (
          <div
            ref={drop.innerRef}
            {...drop.droppableProps}
            className={twMerge(
              'flex min-h-24 flex-1 flex-col rounded-md transition-colors',
              isDraggingOver && 'bg-brand-soft',
            )}
          >
            {column.cards.map((card, index) => (
              <Draggable key={card.id} draggableId={card.id} index={index} isDragDisabled={!mayWrite}>
                {(drag, { isDragging }) => (
                  <BoardCard
                    drag={drag}
                    isDragging={isDragging}
                    card={card}
                    locale={locale}
                    stages={props.stages}
                    onStage={mayWrite ? (stageId) => props.onStage(card.id, stageId) : undefined}
                  />
                )}
              </Draggable>
            ))}
            {drop.placeholder}
          </div>
        )}
      </Droppable>
      {hidden > 0 && (
        <Link
          href={`/opportunities?stage=${column.stageId}`}
          className="px-2 pt-2 text-[13px] text-brand hover:underline"
        >
          {hidden} more
        </Link>
      )}
    </section>
  )
}

/** What the cards are worth, and what of it can be expected by their odds. */
function Totals({ column, locale }: { column: Column; locale: string }) {
  const worth = column.totals.map((total) => formatRoundMoney(total.amountMinor, total.currency, locale)).join(' + ')
  const expected = column.totals
    .map((total) => formatRoundMoney(total.expectedMinor, total.currency, locale))
    .join(' + ')
  return (
    <p className="flex gap-x-2 px-2 pt-0.5 pb-2.5 text-[13px] text-muted tabular-nums">
      {worth === '' ? 'Nothing here' : <span className="text-ink">{worth}</span>}
      {column.kind === 'open' && expected !== '' && <span>expect {expected}</span>}
    </p>
  )
}
