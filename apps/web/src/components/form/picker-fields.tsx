'use client'

import type { AccountId, ContactId, UserId } from '@tenantry/contracts/ids'
import { useController, type FieldValues } from 'react-hook-form'
import { Combobox } from '../ui/combobox.tsx'
import { Field } from '../ui/field.tsx'
import { usePeople } from '../shell/use-people.ts'
import { AccountPicker } from './account-picker.tsx'
import { ContactPicker } from './contact-picker.tsx'
import { idOf } from './id-of.ts'
import type { BoundField } from './text-field.tsx'

export function AccountField<Values extends FieldValues, Output>({
  control,
  name,
  ...look
}: BoundField<Values, Output>) {
  const { field, fieldState } = useController({ control, name })
  return (
    <Field {...look} error={fieldState.error?.message}>
      {(attributes) => (
        <AccountPicker
          {...attributes}
          value={idOf<AccountId>(field.value)}
          onChange={field.onChange}
          onBlur={field.onBlur}
        />
      )}
    </Field>
  )
}

export function ContactField<Values extends FieldValues, Output>(
  props: BoundField<Values, Output> & { accountId: AccountId | null },
) {
  const { control, name, accountId, ...look } = props
  const { field, fieldState } = useController({ control, name })
  return (
    <Field {...look} error={fieldState.error?.message}>
      {(attributes) => (
        <ContactPicker
          {...attributes}
          accountId={accountId}
          value={idOf<ContactId>(field.value)}
          onChange={field.onChange}
          onBlur={field.onBlur}
        />
      )}
    </Field>
  )
}

/** Members who are there now, and whoever the record is with already. */
export function OwnerField<Values extends FieldValues, Output>({ control, name, ...look }: BoundField<Values, Output>) {
  const { field, fieldState } = useController({ control, name })
  const people = usePeople()
  const ownerId = idOf<UserId>(field.value)
  // Until the people are there, an owner without a name is still no empty field.
  const ownerName = people.find((one) => one.userId === ownerId)?.name ?? '…'
  const items = people.filter((one) => one.isActive).map((one) => ({ value: one.userId, label: one.name }))
  return (
    <Field {...look} error={fieldState.error?.message}>
      {(attributes) => (
        <Combobox<UserId>
          {...attributes}
          items={items}
          placeholder="Nobody"
          value={ownerId === null ? null : { value: ownerId, label: ownerName }}
          onChange={(item) => field.onChange(item?.value ?? null)}
          onBlur={field.onBlur}
        />
      )}
    </Field>
  )
}
