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
  const removed = useQuery(trpc.customFields.list.queryOptions({ show: 'deleted' }))
  if (fields.data === undefined || removed.data === undefined) {
    const failed = [fields, removed].find(({ error }) => error !== null)
    return failed?.error == null ? (
      <SkeletonRows />
    ) : (
      <Failure error={failed.error} onRetry={() => void failed.refetch()} />
    )
  }
  return (
    <div className="grid grid-cols-1 gap-5">
      {customizedLabels.map(([entity, label]) => {
        const own = [...fields.data, ...removed.data].filter((field) => field.entity === entity)
        const used = own.filter(({ archivedAt, deletedAt }) => archivedAt === null && deletedAt === null)
        const putAway = own.filter((field) => !used.includes(field))
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
                {[...used, ...putAway].map((field) => (
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
