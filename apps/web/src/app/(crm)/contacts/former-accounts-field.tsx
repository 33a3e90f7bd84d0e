'use client'

import type { ContactInput } from '@tenantry/contracts/contacts'
import { Plus } from 'lucide-react'
import { useFieldArray, type UseFormReturn } from 'react-hook-form'
import { TextField } from '../../../components/form/text-field.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { ChosenAccount, notChosen } from './contact-accounts-field.tsx'
import type { ContactValues } from './contact-values.ts'
import { RemoveLineButton } from './remove-line-button.tsx'

type Form = UseFormReturn<ContactValues, unknown, ContactInput>

/** The accounts a contact has belonged to, from when until when. */
export function FormerAccountsField({ form }: { form: Form }) {
  const { control } = form
  const { fields, append, remove } = useFieldArray({ control, name: 'formerAccounts' })
  const message = form.formState.errors.formerAccounts?.root?.message
  return (
    <div className="grid gap-4 sm:col-span-2">
      {fields.map((field, index) => (
        <div
          key={field.id}
          className="grid grid-cols-[1fr_auto] items-start gap-2 sm:grid-cols-[1fr_9rem_9rem_9rem_auto]"
        >
          <ChosenAccount
            form={form}
            name={`formerAccounts.${index}.accountId`}
            label={`Earlier account ${index + 1}`}
          />
          <div className="col-start-1 sm:col-start-auto">
            <TextField control={control} name={`formerAccounts.${index}.role`} label="Role" autoComplete="off" />
          </div>
          <div className="col-start-1 sm:col-start-auto">
            <TextField control={control} name={`formerAccounts.${index}.startedOn`} label="Since" type="date" />
          </div>
          <div className="col-start-1 sm:col-start-auto">
            <TextField control={control} name={`formerAccounts.${index}.endedOn`} label="Until" type="date" />
          </div>
          <RemoveLineButton what={`earlier account ${index + 1}`} onRemove={() => remove(index)} />
        </div>
      ))}
      {message !== undefined && <p className="text-[13px] text-bad">{message}</p>}
      <Button
        size="small"
        className="justify-self-start"
        onClick={() => append({ accountId: notChosen, role: null, startedOn: null, endedOn: '' })}
      >
        <Plus aria-hidden className="size-4" />
        Add earlier account
      </Button>
    </div>
  )
}
