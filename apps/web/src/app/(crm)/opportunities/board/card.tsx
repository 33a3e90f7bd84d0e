import type { DraggableProvided } from '@hello-pangea/dnd'
import type { Opportunity } from '@tenantry/contracts/opportunities'
import { EllipsisVertical } from 'lucide-react'
import Link from 'next/link'
import { twMerge } from 'tailwind-merge'
import { Badge } from '../../../../components/ui/badge.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { Menu, MenuChoices } from '../../../../components/ui/menu.tsx'
import { formatDate } from '../../../../format/dates.ts'
import { formatMoney } from '../../../../format/money.ts'

export function BoardCard(props: {
  drag: DraggableProvided
  isDragging: boolean
  card: Opportunity
  locale: string
  stages: readonly { stageId: string; name: string }[]
  onStage?: (stageId: string) => void
}) {
  const { card, locale, onStage } = props
  const { innerRef, draggableProps, dragHandleProps } = props.drag
  // The handle is the whole card. It holds a link and a button, which nothing with the role of a button may.
  const { role: _button, ...handle } = dragHandleProps ?? { role: undefined }
  return (
    <article
      ref={innerRef}
      {...draggableProps}
      {...handle}
      aria-roledescription="card that can be moved"
      aria-label={card.name}
      className={twMerge(
        'mb-2 grid cursor-grab gap-1 rounded-md border border-line bg-card p-2.5 pl-3 last:mb-0 hover:border-field-line/60',
        props.isDragging && 'cursor-grabbing shadow-lg',
      )}
    >
      <div className="flex items-start gap-1">
        <Link
          href={`/opportunities/${card.id}`}
          draggable={false}
          className="min-w-0 flex-1 leading-snug font-medium break-words hover:underline"
        >
          {card.name}
        </Link>
        {onStage !== undefined && (
          <Menu
            trigger={
              <Button
                look="quiet"
                size="smallIcon"
                aria-label={`Move ${card.name} to a stage`}
                className="-mt-1 -mr-1 size-7"
              >
                <EllipsisVertical aria-hidden className="size-4" />
              </Button>
            }
          >
            <MenuChoices
              label="Move to stage"
              value={card.stageId as string}
              choices={props.stages.map((stage) => ({ value: stage.stageId, label: stage.name }))}
              onChange={onStage}
            />
          </Menu>
        )}
      </div>
      <p className="truncate text-[13px] text-muted">{card.accountName ?? card.contactName ?? 'No account'}</p>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium tabular-nums">{formatMoney(card.amountMinor, card.currency, locale)}</span>
        {card.expectedCloseOn !== null && (
          <span className="text-[13px] text-muted">{formatDate(card.expectedCloseOn, locale)}</span>
        )}
        {card.isRotting && <Badge tone="warn">Waiting long</Badge>}
      </div>
    </article>
  )
}
