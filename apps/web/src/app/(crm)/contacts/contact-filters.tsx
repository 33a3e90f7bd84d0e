'use client'

import { useQuery, skipToken } from '@tanstack/react-query'
import type { Dispatch } from 'react'
import { CustomFilters } from '../../../components/custom-fields/custom-filters.tsx'
import { useActiveCustomFilters } from '../../../components/custom-fields/use-active-custom-filters.ts'
import type { ActiveFilter } from '../../../components/list/list-toolbar.tsx'
import { AccountFilter } from '../../../components/list/account-filter.tsx'
import { OwnerFilter } from '../../../components/list/owner-filter.tsx'
import { usePeople } from '../../../components/shell/use-people.ts'
import { Field } from '../../../components/ui/field.tsx'
import { MultiSelect, Select } from '../../../components/ui/select.tsx'
import { contactStatusLabels, optionsOf } from '../../../format/labels.ts'
import { useTRPC } from '../../../trpc/client.tsx'
import type { ContactListState } from './contact-list-state.ts'

type Change = Dispatch<Partial<{ [Key in keyof ContactListState]: ContactListState[Key] | null }>>

const quietLabels = { any: 'Any', no: 'May be contacted', yes: 'Do not contact' }

export function ContactFilters({ state, onChange }: { state: ContactListState; onChange: Change }) {
  return (
    <>
      <Field label="Status">
        {({ id }) => (
          <MultiSelect
            id={id}
            placeholder="Any"
            options={optionsOf(contactStatusLabels)}
            value={state.status}
            onChange={(status) => onChange({ status })}
          />
        )}
      </Field>
      <AccountFilter value={state.account} onChange={(account) => onChange({ account })} />
      <OwnerFilter value={state.owner} onChange={(owner) => onChange({ owner })} />
      <Field label="Contacting">
        {({ id }) => (
          <Select
            id={id}
            options={optionsOf(quietLabels)}
            value={state.quiet === null ? 'any' : state.quiet ? 'yes' : 'no'}
            onChange={(quiet) => onChange({ quiet: quiet === 'any' ? null : quiet === 'yes' })}
          />
        )}
      </Field>
      <CustomFilters entity="contact" value={state.custom} onChange={(custom) => onChange({ custom })} />
    </>
  )
}

/** The filters that are set, in words. */
export function useActiveContactFilters(state: ContactListState, onChange: Change): ActiveFilter[] {
  const custom = useActiveCustomFilters('contact', state.custom, (next) => onChange({ custom: next }))
  const trpc = useTRPC()
  const owner = usePeople().find((one) => one.userId === state.owner)
  const account = useQuery(trpc.accounts.byId.queryOptions(state.account === null ? skipToken : { id: state.account }))
  const active: ActiveFilter[] = state.status.map((status) => ({
    label: contactStatusLabels[status],
    clear: () => onChange({ status: state.status.filter((one) => one !== status) }),
  }))
  if (state.account !== null) {
    active.push({ label: `Account: ${account.data?.name ?? '…'}`, clear: () => onChange({ account: null }) })
  }
  if (state.owner !== null) {
    active.push({ label: `Owner: ${owner?.name ?? '…'}`, clear: () => onChange({ owner: null }) })
  }
  if (state.quiet !== null) {
    active.push({ label: quietLabels[state.quiet ? 'yes' : 'no'], clear: () => onChange({ quiet: null }) })
  }
  return [...active, ...custom]
}
