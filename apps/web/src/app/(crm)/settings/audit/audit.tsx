'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { Failure } from '../../../../components/failure.tsx'
import { inPages } from '../../../../components/list/list-parsers.ts'
import { uniqueRows } from '../../../../components/list/unique-rows.ts'
import { useTenantFormat } from '../../../../components/shell/use-session.ts'
import { Button } from '../../../../components/ui/button.tsx'
import { EmptyState } from '../../../../components/ui/empty-state.tsx'
import { Select } from '../../../../components/ui/select.tsx'
import { SkeletonRows } from '../../../../components/ui/skeleton.tsx'
import { formatInstant } from '../../../../format/dates.ts'
import { optionsOf } from '../../../../format/labels.ts'
import { useTRPC } from '../../../../trpc/client.tsx'
import { auditActions } from '../../../../components/audit/audit-sentence.ts'
import { AuditEntries } from '../../../../components/audit/audit-entries.tsx'
import { auditParsers, auditQuery } from './audit-state.ts'

export function Audit() {
  const trpc = useTRPC()
  const { locale, timeZone } = useTenantFormat()
  const [state, setState] = useQueryStates(auditParsers)
  const audit = useInfiniteQuery(trpc.audit.list.infiniteQueryOptions(auditQuery(state), inPages))
  const members = useQuery(trpc.members.list.queryOptions(undefined, { staleTime: 60_000 }))
  const rows = uniqueRows(audit.data?.pages)
  const nameOf = (subject: string | null) => members.data?.find((member) => member.userId === subject)?.name ?? null
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 basis-64 text-muted">
          Who came, who was let in, and what was changed about the company. Nobody can alter this log.
        </p>
        <Select
          aria-label="Show entries about"
          className="w-56"
          options={[{ value: 'all', label: 'Everything' }, ...optionsOf(auditActions)]}
          value={state.action ?? 'all'}
          onChange={(action) => void setState({ action: action === 'all' ? null : action })}
        />
      </div>
      {rows === undefined &&
        (audit.error === null ? (
          <SkeletonRows />
        ) : (
          <Failure error={audit.error} onRetry={() => void audit.refetch()} />
        ))}
      {rows?.length === 0 && <EmptyState title="Nothing of this kind has happened" />}
      {rows !== undefined && rows.length > 0 && (
        <AuditEntries
          title="Entries"
          entries={rows}
          subjectOf={(entry) => nameOf(entry.subject)}
          format={(instant) => formatInstant(instant, locale, timeZone)}
        />
      )}
      {audit.hasNextPage && (
        <Button
          className="justify-self-center"
          disabled={audit.isFetchingNextPage}
          onClick={() => void audit.fetchNextPage()}
        >
          {audit.isFetchingNextPage ? 'Loading…' : 'Show more'}
        </Button>
      )}
    </div>
  )
}
