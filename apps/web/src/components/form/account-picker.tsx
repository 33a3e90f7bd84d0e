'use client'

import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import type { AccountId } from '@tenantry/contracts/ids'
import { useState } from 'react'
import { useTRPC } from '../../trpc/client.tsx'
import { Combobox, type ComboboxItem, type ComboboxProps } from '../ui/combobox.tsx'
import { searchStatus } from './search-status.ts'
import { useDebounced } from './use-debounced.ts'

export interface PickerProps<Id extends string> extends Omit<
  ComboboxProps<Id>,
  'items' | 'value' | 'onChange' | 'onSearch' | 'status'
> {
  value: Id | null
  onChange: (id: Id | null) => void
}

/** Finds an account by name or e-mail. */
export function AccountPicker({ value, onChange, ...look }: PickerProps<AccountId>) {
  const trpc = useTRPC()
  const [text, setText] = useState('')
  const search = useDebounced(text.trim())
  const found = useQuery(
    trpc.accounts.list.queryOptions(
      { search: search === '' ? undefined : search, limit: 20 },
      { placeholderData: keepPreviousData },
    ),
  )
  const chosen = useQuery(trpc.accounts.byId.queryOptions(value === null ? skipToken : { id: value }))
  const items = found.data?.rows.map((row): ComboboxItem<AccountId> => ({
    value: row.id,
    label: row.name,
    detail: row.billingCity ?? row.email,
  }))
  return (
    <Combobox
      placeholder="Search accounts"
      {...look}
      items={items ?? []}
      value={value === null ? null : { value, label: chosen.data?.name ?? '…' }}
      onChange={(item) => onChange(item?.value ?? null)}
      onSearch={setText}
      status={searchStatus(found, items)}
    />
  )
}
