import type { Metadata } from 'next'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { FieldSettings } from './field-settings.tsx'

export const metadata: Metadata = { title: 'Fields' }

export default function FieldsPage() {
  return (
    <Hydrated
      queries={(api, cache) => [
        cache.query(api.customFields.list.queryOptions({ show: 'all' })),
        cache.query(api.customFields.list.queryOptions({ show: 'deleted' })),
      ]}
    >
      <FieldSettings />
    </Hydrated>
  )
}
