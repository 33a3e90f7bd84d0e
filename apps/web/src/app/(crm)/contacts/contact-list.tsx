'use client'

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ContactSort } from '@tenantry/contracts/contacts'
import { Plus, Users } from 'lucide-react'
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
import { contactColumnsIn } from './contact-columns.tsx'
import { ContactFilters, useActiveContactFilters } from './contact-filters.tsx'
import { contactListParsers, contactListQuery, noContactFilters } from './contact-list-state.ts'

export function ContactList() {
  const trpc = useTRPC()
  const mayWrite = useMay('records.write')
  const [state, setState] = useQueryStates(contactListParsers)
  const change = (next: Parameters<typeof setState>[0]) => void setState(next)
  const active = useActiveContactFilters(state, change)
  const columns = contactColumnsIn(useTenantFormat())
  const query = contactListQuery(state)
  const count = useQuery(trpc.contacts.count.queryOptions(query, { placeholderData: keepPreviousData }))
  const list = useInfiniteQuery(
    trpc.contacts.list.infiniteQueryOptions(query, { ...inPages, placeholderData: keepPreviousData }),
  )
  const create = mayWrite && (
    <Link href="/contacts/new" className={buttonLook({ look: 'primary' })}>
      <Plus aria-hidden className="size-4" />
      New contact
    </Link>
  )
  return (
    <div className="grid gap-4">
      <ListHeading title="Contacts" count={count.data}>
        <ExportButton list="contact" query={query} />
        {create}
      </ListHeading>
      <ListToolbar
        noun="contacts"
        state={state}
        onChange={change}
        columns={columns}
        sorts={sorts}
        filters={<ContactFilters state={state} onChange={change} />}
        active={active}
        onClearFilters={() => change(noContactFilters)}
      />
      <ListBody
        noun="contacts"
        list={list}
        isNarrowed={active.length > 0 || state.search !== '' || state.show !== 'active'}
        onWiden={() => change({ ...noContactFilters, search: null, show: null })}
        emptyIcon={<Users className="size-5" />}
        whenEmpty={create}
      >
        {(rows) => (
          <RecordTable
            label="Contacts"
            columns={columns}
            shown={state.columns}
            rows={rows}
            nameOf={(row) => row.displayName}
            hrefOf={(row) => `/contacts/${row.id}`}
            phoneLine={(row) => (
              <span className="truncate">{[row.accountName, row.email ?? row.phone].filter(Boolean).join(' · ')}</span>
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

const sorts: Record<z.infer<typeof ContactSort>, string> = { name: 'Name', updatedAt: 'Changed', createdAt: 'Created' }
