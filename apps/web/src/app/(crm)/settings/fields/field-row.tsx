'use client'

import { useMutation } from '@tanstack/react-query'
import type { CustomField } from '@tenantry/contracts/custom-fields'
import { Ellipsis } from 'lucide-react'
import { useMay } from '../../../../components/shell/use-session.ts'
import { Badge } from '../../../../components/ui/badge.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { Menu, MenuItem } from '../../../../components/ui/menu.tsx'
import { useOutcome } from '../../../../components/use-outcome.ts'
import { useTRPC } from '../../../../trpc/client.tsx'
import { fieldTypeLabels } from './field-labels.ts'
import { useFieldActions } from './use-field-actions.ts'

/** A field with what may be done about it; `used` are the fields of its kind of record in their order. */
export function FieldRow(props: { field: CustomField; used: readonly CustomField[]; onEdit: () => void }) {
  const { field, used } = props
  const { id, entity, label } = field
  const trpc = useTRPC()
  const mayManage = useMay('pipelines.manage')
  const done = useOutcome(trpc.customFields.pathFilter())
  const reorder = useMutation(trpc.customFields.reorder.mutationOptions(done(`Moved ${label}`)))
  const actions = useFieldActions(field)
  const isInBin = field.deletedAt !== null
  const isArchived = !isInBin && field.archivedAt !== null
  const isUsed = !isInBin && !isArchived
  const place = used.findIndex((other) => other.id === id)
  const move = (by: -1 | 1) => {
    const ids = used.flatMap((other) => (other.id === id ? [] : [other.id]))
    ids.splice(place + by, 0, id)
    reorder.mutate({ entity, ids })
  }
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-40">
        <p className={`break-words ${isUsed ? 'font-medium' : 'text-muted'}`}>{label}</p>
        <p className="text-[13px] break-words text-muted">
          {fieldTypeLabels[field.type]}
          {field.options.length > 0 && `: ${field.options.map((option) => option.label).join(', ')}`}
        </p>
      </div>
      {field.required && isUsed && <Badge tone="brand">Required</Badge>}
      {isArchived && <Badge>Archived</Badge>}
      {isInBin && <Badge>In the bin</Badge>}
      {mayManage && (
        <Menu
          trigger={
            <Button look="quiet" size="smallIcon" aria-label={`Actions for ${label}`}>
              <Ellipsis aria-hidden className="size-4" />
            </Button>
          }
        >
          {isUsed && (
            <>
              <MenuItem onSelect={props.onEdit}>Edit</MenuItem>
              {place > 0 && <MenuItem onSelect={() => move(-1)}>Move up</MenuItem>}
              {place < used.length - 1 && <MenuItem onSelect={() => move(1)}>Move down</MenuItem>}
              <MenuItem onSelect={() => void actions.archive()}>Archive</MenuItem>
            </>
          )}
          {isArchived && <MenuItem onSelect={() => void actions.unarchive()}>Restore</MenuItem>}
          {isInBin ? (
            <MenuItem onSelect={() => void actions.restore()}>Restore</MenuItem>
          ) : (
            <MenuItem isDangerous onSelect={() => void actions.remove()}>
              Delete
            </MenuItem>
          )}
        </Menu>
      )}
    </li>
  )
}
