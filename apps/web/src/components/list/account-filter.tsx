'use client'

import type { ComponentProps } from 'react'
import { AccountPicker } from '../form/account-picker.tsx'
import { Field } from '../ui/field.tsx'

/** The records of one account. */
export function AccountFilter(props: Pick<ComponentProps<typeof AccountPicker>, 'value' | 'onChange'>) {
  return <Field label="Account">{({ id }) => <AccountPicker id={id} placeholder="Any" {...props} />}</Field>
}
