'use client'

import type { ContactInput } from '@tenantry/contracts/contacts'
import type { AccountId } from '@tenantry/contracts/ids'
import { Plus } from 'lucide-react'
import { useController, useFieldArray, type UseFormReturn } from 'react-hook-form'
import { AccountPicker } from '../../../components/form/account-picker.tsx'
import { TextField } from '../../../components/form/text-field.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Field } from '../../../components/ui/field.tsx'
import { Input } from '../../../components/ui/input.tsx'
import type { ContactValues } from './contact-values.ts'
import { RemoveLineButton } from './remove-line-button.tsx'

type Form = UseFormReturn<ContactValues, unknown, ContactInput>

/** The accounts a contact belongs to, with the part played there; one is the main one. */
export function ContactAccountsField({ form }: { form: Form }) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'accounts' })
  const links = form.watch('accounts') ?? []
  const message = form.formState.errors.accounts?.root?.message
  const makeMain = (chosen: number) =>
    links.forEach((_, index) => form.setValue(`accounts.${index}.isPrimary`, index === chosen, { shouldDirty: true }))
  return (
    <div className="grid gap-4 sm:col-span-2">
      {fields.map((field, index) => (
        <div
          key={field.id}
          className="grid grid-cols-[1fr_auto] items-start gap-2 sm:grid-cols-[1fr_9rem_9rem_auto_auto]"
        >
          <LinkedAccount form={form} index={index} />
          <div className="col-start-1 sm:col-start-auto">
            <Field label="Role" error={form.formState.errors.accounts?.[index]?.role?.message}>
              {(control) => (
                <Input
                  {...control}
                  placeholder="Planner"
                  autoComplete="off"
                  {...form.register(`accounts.${index}.role`)}
                />
              )}
            </Field>
          </div>
          <div className="col-start-1 sm:col-start-auto">
            <TextField control={form.control} name={`accounts.${index}.startedOn`} label="Since" type="date" />
          </div>
          <label className="flex h-9 items-center gap-2 sm:mt-6.5">
            <input
              type="radio"
              name="main-account"
              className="size-4 accent-brand"
              checked={links[index]?.isPrimary === true}
              onChange={() => makeMain(index)}
            />
            Main
          </label>
          <RemoveLineButton what={`account ${index + 1}`} onRemove={() => remove(index)} />
        </div>
      ))}
      {message !== undefined && <p className="text-[13px] text-bad">{message}</p>}
      <Button
        size="small"
        className="justify-self-start"
        onClick={() => append({ accountId: notChosen, role: null, isPrimary: links.length === 0, startedOn: null })}
      >
        <Plus aria-hidden className="size-4" />
        Add account
      </Button>
    </div>
  )
}

function LinkedAccount({ form, index }: { form: Form; index: number }) {
  return <ChosenAccount form={form} name={`accounts.${index}.accountId`} label={`Account ${index + 1}`} />
}

/** One of the accounts of a contact, of now or earlier. */
export function ChosenAccount(props: {
  form: Form
  name: `accounts.${number}.accountId` | `formerAccounts.${number}.accountId`
  label: string
}) {
  const { field, fieldState } = useController({ control: props.form.control, name: props.name })
  return (
    <Field label={props.label} error={fieldState.error && 'Choose an account, or remove this line.'}>
      {(control) => (
        <AccountPicker
          {...control}
          value={field.value === notChosen ? null : (field.value as AccountId)}
          onChange={(id) => field.onChange(id ?? notChosen)}
          onBlur={field.onBlur}
        />
      )}
    </Field>
  )
}

/** An empty line: the contract refuses it, so that it cannot be saved. */
export const notChosen = ''
