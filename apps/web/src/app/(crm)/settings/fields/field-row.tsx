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

/** A field with what may be done about it; `used` are the fields of its kind of record in their order. */
export function FieldRow(props: { field: CustomField; used: readonly CustomField[]; onEdit: () => void }) {
  const { field, used } = props
  const { id, version, entity, label } = field
  const trpc = useTRPC()
  const mayManage = useMay('pipelines.manage')
  const done = useOutcome(trpc.customFields.pathFilter())
  const archive = useMutation(trpc.customFields.archive.mutationOptions(done(`Archived ${label}`)))
  const unarchive = useMutation(trpc.customFields.unarchive.mutationOptions(done(`Restored ${label}`)))
  const reorder = useMutation(trpc.customFields.reorder.mutationOptions(done(`Moved ${label}`)))
  const isArchived = field.archivedAt !== null
  const place = used.findIndex((other) => other.id === id)
  const move = (by: -1 | 1) => {
    const ids = used.flatMap((other) => (other.id === id ? [] : [other.id]))
    ids.splice(place + by, 0, id)
    reorder.mutate({ entity, ids })
  }
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-40">
        <p className={`break-words ${isArchived ? 'text-muted' : 'font-medium'}`}>{label}</p>
        <p className="text-[13px] break-words text-muted">
          {fieldTypeLabels[field.type]}
          {field.options.length > 0 && `: ${field.options.map((option) => option.label).join(', ')}`}
        </p>
      </div>
      {field.required && !isArchived && <Badge tone="brand">Required</Badge>}
      {isArchived && <Badge>Archived</Badge>}
      {mayManage && (
        <Menu
          trigger={
            <Button look="quiet" size="smallIcon" aria-label={`Actions for ${label}`}>
              <Ellipsis aria-hidden className="size-4" />
            </Button>
          }
        >
          {isArchived ? (
            <MenuItem onSelect={() => unarchive.mutate({ id, version })}>Restore</MenuItem>
          ) : (
            <>
              <MenuItem onSelect={props.onEdit}>Edit</MenuItem>
              {place > 0 && <MenuItem onSelect={() => move(-1)}>Move up</MenuItem>}
              {place < used.length - 1 && <MenuItem onSelect={() => move(1)}>Move down</MenuItem>}
              <MenuItem onSelect={() => archive.mutate({ id, version })}>Archive</MenuItem>
            </>
          )}
        </Menu>
      )}
    </li>
  )
}
