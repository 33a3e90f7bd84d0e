import type { Metadata } from 'next'
import { inPages } from '../../../../components/list/list-parsers.ts'
import { Hydrated } from '../../../../trpc/hydrated.tsx'
import { auditQuery, loadAudit } from './audit-state.ts'
import { Audit } from './audit.tsx'

export const metadata: Metadata = { title: 'Audit' }

export default async function AuditPage({ searchParams }: PageProps<'/settings/audit'>) {
  const query = auditQuery(await loadAudit(searchParams))
  return (
    <Hydrated queries={(api, cache) => [cache.infiniteQuery(api.audit.list.infiniteQueryOptions(query, inPages))]}>
      <Audit />
    </Hydrated>
  )
}
