'use client'

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { AccountSort } from '@tenantry/contracts/accounts'
import { Building2, Plus } from 'lucide-react'
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
import { useTRPC } from '../../../trpc/client.tsx'
import { AccountFilters, useActiveAccountFilters } from './account-filters.tsx'
import { accountColumnsIn, AccountStatusBadge } from './account-columns.tsx'
import { accountListParsers, accountListQuery, noAccountFilters } from './account-list-state.ts'

export function AccountList() {
  const trpc = useTRPC()
  const mayWrite = useMay('records.write')
  const [state, setState] = useQueryStates(accountListParsers)
  const change = (next: Parameters<typeof setState>[0]) => void setState(next)
  const active = useActiveAccountFilters(state, change)
  const columns = accountColumnsIn(useTenantFormat())
  const query = accountListQuery(state)
  const count = useQuery(trpc.accounts.count.queryOptions(query, { placeholderData: keepPreviousData }))
  const list = useInfiniteQuery(
    trpc.accounts.list.infiniteQueryOptions(query, { ...inPages, placeholderData: keepPreviousData }),
  )
  const create = mayWrite && (
    <Link href="/accounts/new" className={buttonLook({ look: 'primary' })}>
      <Plus aria-hidden className="size-4" />
      New account
    </Link>
  )
  return (
    <div className="grid gap-4">
      <ListHeading title="Accounts" count={count.data}>
        <ExportButton list="account" query={query} />
        {create}
      </ListHeading>
      <ListToolbar
        noun="accounts"
        state={state}
        onChange={change}
        columns={columns}
        sorts={sorts}
        filters={<AccountFilters state={state} onChange={change} />}
        active={active}
        onClearFilters={() => change(noAccountFilters)}
      />
      <ListBody
        noun="accounts"
        list={list}
        isNarrowed={active.length > 0 || state.search !== '' || state.show !== 'active'}
        onWiden={() => change({ ...noAccountFilters, search: null, show: null })}
        emptyIcon={<Building2 className="size-5" />}
        whenEmpty={create}
      >
        {(rows) => (
          <RecordTable
            label="Accounts"
            columns={columns}
            shown={state.columns}
            rows={rows}
            nameOf={(row) => row.name}
            hrefOf={(row) => `/accounts/${row.id}`}
            phoneLine={(row) => (
              <>
                <AccountStatusBadge status={row.status} />
                <span className="truncate">{row.billingCity ?? row.email}</span>
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

const sorts: Record<z.infer<typeof AccountSort>, string> = {
  name: 'Name',
  updatedAt: 'Changed',
  createdAt: 'Created',
  status: 'Status',
  city: 'City',
}
