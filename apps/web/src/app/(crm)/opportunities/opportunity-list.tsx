'use client'

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { OpportunitySort } from '@tenantry/contracts/opportunities'
import { Columns3, Plus, Target } from 'lucide-react'
import Link from 'next/link'
import { useQueryStates } from 'nuqs'
import type { z } from 'zod'
import { ExportButton } from '../../../components/list/export-button.tsx'
import { ListBody } from '../../../components/list/list-body.tsx'
import { ListHeading } from '../../../components/list/list-heading.tsx'
import { inPages } from '../../../components/list/list-parsers.ts'
import { ListToolbar } from '../../../components/list/list-toolbar.tsx'
import { RecordTable } from '../../../components/list/record-table.tsx'
import { useMay, useTenantFormat } from '../../../components/shell/use-session.ts'
import { buttonLook } from '../../../components/ui/button.tsx'
import { formatMoney } from '../../../format/money.ts'
import { useTRPC } from '../../../trpc/client.tsx'
import { opportunityColumnsIn } from './opportunity-columns.tsx'
import { OpportunityFilters, useActiveOpportunityFilters } from './opportunity-filters.tsx'
import { noOpportunityFilters, opportunityListParsers, opportunityListQuery } from './opportunity-list-state.ts'
import { StageBadge } from './stage-badge.tsx'

export function OpportunityList() {
  const trpc = useTRPC()
  const format = useTenantFormat()
  const mayWrite = useMay('records.write')
  const [state, setState] = useQueryStates(opportunityListParsers)
  const change = (next: Parameters<typeof setState>[0]) => void setState(next)
  const active = useActiveOpportunityFilters(state, change)
  const columns = opportunityColumnsIn(format)
  const query = opportunityListQuery(state)
  const count = useQuery(trpc.opportunities.count.queryOptions(query, { placeholderData: keepPreviousData }))
  const list = useInfiniteQuery(
    trpc.opportunities.list.infiniteQueryOptions(query, { ...inPages, placeholderData: keepPreviousData }),
  )
  const create = mayWrite && (
    <Link href="/opportunities/new" className={buttonLook({ look: 'primary' })}>
      <Plus aria-hidden className="size-4" />
      New opportunity
    </Link>
  )
  return (
    <div className="grid gap-4">
      <ListHeading title="Opportunities" count={count.data}>
        <Link href="/opportunities/board" className={buttonLook()}>
          <Columns3 aria-hidden className="size-4" />
          Board
        </Link>
        <ExportButton list="opportunity" query={query} />
        {create}
      </ListHeading>
      <ListToolbar
        noun="opportunities"
        state={state}
        onChange={change}
        columns={columns}
        sorts={sorts}
        filters={<OpportunityFilters state={state} onChange={change} />}
        active={active}
        onClearFilters={() => change(noOpportunityFilters)}
      />
      <ListBody
        noun="opportunities"
        list={list}
        isNarrowed={active.length > 0 || state.search !== '' || state.show !== 'active'}
        onWiden={() => change({ ...noOpportunityFilters, search: null, show: null })}
        emptyIcon={<Target className="size-5" />}
        whenEmpty={create}
      >
        {(rows) => (
          <RecordTable
            label="Opportunities"
            columns={columns}
            shown={state.columns}
            rows={rows}
            nameOf={(row) => row.name}
            hrefOf={(row) => `/opportunities/${row.id}`}
            phoneLine={(row) => (
              <>
                <StageBadge name={row.stageName} kind={row.stageKind} />
                <span className="truncate">{row.accountName}</span>
                <span className="ml-auto text-ink tabular-nums">
                  {formatMoney(row.amountMinor, row.currency, format.locale)}
                </span>
              </>
            )}
            nameSort="name"
            state={state}
            onSort={change}
            isStale={list.isPlaceholderData}
          />
        )}
      </ListBody>
    </div>
  )
}

const sorts: Record<z.infer<typeof OpportunitySort>, string> = {
  updatedAt: 'Changed',
  name: 'Name',
  amount: 'Amount',
  expectedCloseOn: 'Closes',
  createdAt: 'Created',
}
