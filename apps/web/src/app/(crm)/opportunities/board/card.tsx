import type { DraggableProvided } from '@hello-pangea/dnd'
import type { Opportunity } from '@tenantry/contracts/opportunities'
import Link from 'next/link'
import { Badge } from '../../../../components/ui/badge.tsx'
import { Select } from '../../../../components/ui/input.tsx'
import { formatMoney } from '../../../../format/money.ts'

export function BoardCard(props: {
  drag: DraggableProvided
  card: Opportunity
  locale: string
  stages: { stageId: string; name: string }[]
  onStage?: (stageId: string) => void
}) {
  const { drag, card, onStage } = props
  return (
    <article ref={drag.innerRef} {...drag.draggableProps} className="grid gap-1.5 rounded-md border border-line bg-card p-3 shadow-xs">
      <div {...drag.dragHandleProps} aria-label={`Move ${card.name}`} className="grid gap-0.5 rounded">
        <p className="truncate font-medium">{card.name}</p>
        <p className="truncate text-[13px] text-muted">{card.accountName ?? 'No account'}</p>
      </div>
      <div className="flex items-center justify-between gap-2">
        <p className="tabular-nums">{formatMoney(card.amountMinor, card.currency, props.locale)}</p>
        {card.isRotting && <Badge tone="warn">Waiting long</Badge>}
      </div>
      <div className="flex items-center gap-2">
        <Link href={`/opportunities/${card.id}`} aria-label={`Open ${card.name}`} className="text-[13px] text-brand hover:underline">
          Open
        </Link>
        {onStage !== undefined && (
          <Select
            aria-label={`Move ${card.name} to stage`}
            className="ml-auto h-7 w-auto px-1 text-xs"
            value={card.stageId}
            onChange={(event) => onStage(event.target.value)}
          >
            {props.stages.map((stage) => (
              <option key={stage.stageId} value={stage.stageId}>
                {stage.name}
              </option>
            ))}
          </Select>
        )}
      </div>
    </article>
  )
}
