'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { AccountInput, type Account } from '@tenantry/contracts/accounts'
import { useForm } from 'react-hook-form'
import { Failure } from '../../../components/failure.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Field } from '../../../components/ui/field.tsx'
import { Input, Select } from '../../../components/ui/input.tsx'

const lines = [
  ['email', 'E-mail'],
  ['phone', 'Phone'],
  ['website', 'Website'],
  ['industry', 'Industry'],
  ['source', 'Source'],
  ['taxId', 'Tax number'],
  ['defaultCurrency', 'Currency'],
  ['billingLine1', 'Street'],
  ['billingCity', 'City'],
  ['billingPostalCode', 'Postal code'],
  ['billingCountry', 'Country code'],
] as const

export interface AccountFormProps {
  account?: Account
  error: { message: string } | null
  isSaving: boolean
  /** `changed` holds the names of the fields that were touched. */
  onSave: (input: AccountInput, changed: ReadonlySet<string>) => void
  onCancel: () => void
}

/** Creates and edits; the contract says what is allowed. */
export function AccountForm(props: AccountFormProps) {
  const { account } = props
  const form = useForm({
    resolver: zodResolver(AccountInput),
    defaultValues: {
      name: account?.name ?? '',
      kind: account?.kind ?? 'company',
      status: account?.status ?? 'active',
      ...Object.fromEntries(lines.map(([name]) => [name, account?.[name] ?? ''])),
    },
  })
  const { errors, dirtyFields } = form.formState
  const submit = form.handleSubmit((input) => props.onSave(input, new Set(Object.keys(dirtyFields))))
  return (
    <form noValidate onSubmit={submit} className="grid max-w-3xl gap-4 rounded-lg border border-line bg-card p-5 sm:grid-cols-2">
      {props.error !== null && (
        <div className="sm:col-span-2">
          <Failure error={props.error} />
        </div>
      )}
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} />}
      </Field>
      <Field label="Kind">
        {(control) => (
          <Select {...control} {...form.register('kind')}>
            <option value="company">Company</option>
            <option value="person">Person</option>
          </Select>
        )}
      </Field>
      <Field label="Status">
        {(control) => (
          <Select {...control} {...form.register('status')}>
            <option value="active">Active</option>
            <option value="inactive">Inactive</option>
            <option value="blocked">Blocked</option>
          </Select>
        )}
      </Field>
      {lines.map(([name, label]) => (
        <Field key={name} label={label} error={errors[name]?.message}>
          {(control) => <Input {...control} {...form.register(name)} />}
        </Field>
      ))}
      <div className="flex justify-end gap-2 sm:col-span-2">
        <Button onClick={props.onCancel}>Cancel</Button>
        <Button type="submit" look="primary" disabled={props.isSaving}>
          {props.isSaving ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </form>
  )
}
