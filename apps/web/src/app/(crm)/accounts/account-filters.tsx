'use client'

import type { Dispatch } from 'react'
import { CustomFilters } from '../../../components/custom-fields/custom-filters.tsx'
import { useActiveCustomFilters } from '../../../components/custom-fields/use-active-custom-filters.ts'
import { OwnerFilter } from '../../../components/list/owner-filter.tsx'
import { TextFilter } from '../../../components/list/text-filter.tsx'
import type { ActiveFilter } from '../../../components/list/list-toolbar.tsx'
import { usePeople } from '../../../components/shell/use-people.ts'
import { Field } from '../../../components/ui/field.tsx'
import { MultiSelect, Select } from '../../../components/ui/select.tsx'
import { accountKindLabels, accountStatusLabels, optionsOf } from '../../../format/labels.ts'
import type { AccountListState } from './account-list-state.ts'

type Change = Dispatch<Partial<{ [Key in keyof AccountListState]: AccountListState[Key] | null }>>

export function AccountFilters({ state, onChange }: { state: AccountListState; onChange: Change }) {
  return (
    <>
      <Field label="Kind">
        {({ id }) => (
          <Select
            id={id}
            options={[{ value: 'any', label: 'Any' }, ...optionsOf(accountKindLabels)]}
            value={state.kind ?? 'any'}
            onChange={(kind) => onChange({ kind: kind === 'any' ? null : kind })}
          />
        )}
      </Field>
      <Field label="Status">
        {({ id }) => (
          <MultiSelect
            id={id}
            placeholder="Any"
            options={optionsOf(accountStatusLabels)}
            value={state.status}
            onChange={(status) => onChange({ status })}
          />
        )}
      </Field>
      <OwnerFilter value={state.owner} onChange={(owner) => onChange({ owner })} />
      <TextFilter key={state.city} label="City" value={state.city} onChange={(city) => onChange({ city })} />
      <CustomFilters entity="account" value={state.custom} onChange={(custom) => onChange({ custom })} />
    </>
  )
}

/** The filters that are set, in words. */
export function useActiveAccountFilters(state: AccountListState, onChange: Change): ActiveFilter[] {
  const custom = useActiveCustomFilters('account', state.custom, (next) => onChange({ custom: next }))
  const owner = usePeople().find((one) => one.userId === state.owner)
  const active: ActiveFilter[] = []
  if (state.kind !== null) active.push({ label: accountKindLabels[state.kind], clear: () => onChange({ kind: null }) })
  for (const status of state.status) {
    active.push({
      label: accountStatusLabels[status],
      clear: () => onChange({ status: state.status.filter((one) => one !== status) }),
    })
  }
  if (state.owner !== null) {
    active.push({ label: `Owner: ${owner?.name ?? '…'}`, clear: () => onChange({ owner: null }) })
  }
  if (state.city !== null) active.push({ label: `City: ${state.city}`, clear: () => onChange({ city: null }) })
  return [...active, ...custom]
}
