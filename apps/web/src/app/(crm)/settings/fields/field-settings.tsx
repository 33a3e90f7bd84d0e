'use client'

import { useQuery } from '@tanstack/react-query'
import type { CustomField, CustomizedEntity } from '@tenantry/contracts/custom-fields'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Failure } from '../../../../components/failure.tsx'
import { useMay } from '../../../../components/shell/use-session.ts'
import { Button } from '../../../../components/ui/button.tsx'
import { Card } from '../../../../components/ui/card.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'
import { customizedLabels } from './field-labels.ts'
import { FieldDialog } from './field-dialog.tsx'
import { FieldRow } from './field-row.tsx'

/** The fields that the company adds to its records, by kind of record. */
export function FieldSettings() {
  const trpc = useTRPC()
  const mayManage = useMay('pipelines.manage')
  const [edited, setEdited] = useState<{ entity: CustomizedEntity; field?: CustomField }>()
  const fields = useQuery(trpc.customFields.list.queryOptions({ show: 'all' }))
  if (fields.data === undefined) {
    return fields.error === null ? (
      <SkeletonRows />
    ) : (
      <Failure error={fields.error} onRetry={() => void fields.refetch()} />
    )
  }
  return (
    <div className="grid grid-cols-1 gap-5">
      {customizedLabels.map(([entity, label]) => {
        const own = fields.data.filter((field) => field.entity === entity)
        const used = own.filter(({ archivedAt }) => archivedAt === null)
        const archived = own.filter(({ archivedAt }) => archivedAt !== null)
        return (
          <Card
            key={entity}
            title={label}
            count={used.length}
            className="p-0"
            action={
              mayManage && (
                <Button
                  size="small"
                  aria-label={`Add a field to ${label.toLowerCase()}`}
                  onClick={() => setEdited({ entity })}
                >
                  <Plus aria-hidden className="size-4" />
                  Add field
                </Button>
              )
            }
          >
            {own.length === 0 ? (
              <p className="px-4 py-3 text-muted">No fields of your own yet.</p>
            ) : (
              <ul className="divide-y divide-line">
                {[...used, ...archived].map((field) => (
                  <FieldRow key={field.id} field={field} used={used} onEdit={() => setEdited({ entity, field })} />
                ))}
              </ul>
            )}
          </Card>
        )
      })}
      {edited !== undefined && <FieldDialog {...edited} onClose={() => setEdited(undefined)} />}
    </div>
  )
}
