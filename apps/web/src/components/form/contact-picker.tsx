'use client'

import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import type { AccountId, ContactId } from '@tenantry/contracts/ids'
import { useState } from 'react'
import { useTRPC } from '../../trpc/client.tsx'
import { Combobox, type ComboboxItem } from '../ui/combobox.tsx'
import type { PickerProps } from './account-picker.tsx'
import { searchStatus } from './search-status.ts'
import { useDebounced } from './use-debounced.ts'

/** Finds a contact by name; of one account, when one is given. */
export function ContactPicker(props: PickerProps<ContactId> & { accountId: AccountId | null }) {
  const { value, onChange, accountId, ...look } = props
  const trpc = useTRPC()
  const [text, setText] = useState('')
  const search = useDebounced(text.trim())
  const found = useQuery(
    trpc.contacts.list.queryOptions(
      { search: search === '' ? undefined : search, filters: { accountId: accountId ?? undefined }, limit: 20 },
      { placeholderData: keepPreviousData },
    ),
  )
  const chosen = useQuery(trpc.contacts.byId.queryOptions(value === null ? skipToken : { id: value }))
  const items = found.data?.rows.map((row): ComboboxItem<ContactId> => ({
    value: row.id,
    label: row.displayName,
    detail: row.accountName ?? row.email,
  }))
  return (
    <Combobox
      placeholder="Search contacts"
      {...look}
      items={items ?? []}
      value={value === null ? null : { value, label: chosen.data?.displayName ?? '…' }}
      onChange={(item) => onChange(item?.value ?? null)}
      onSearch={setText}
      status={searchStatus(found, items)}
    />
  )
}
