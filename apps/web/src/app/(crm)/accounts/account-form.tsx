'use client'

import { AccountInput } from '@tenantry/contracts/accounts'
import { CustomFieldsSection } from '../../../components/custom-fields/custom-fields-section.tsx'
import { FormFrame } from '../../../components/form/form-frame.tsx'
import { FormSection } from '../../../components/form/form-section.tsx'
import { AccountField, OwnerField } from '../../../components/form/picker-fields.tsx'
import { ComboboxField, SelectField } from '../../../components/form/select-field.tsx'
import { NumberField, TextAreaField, TextField } from '../../../components/form/text-field.tsx'
import { useRecordForm } from '../../../components/form/use-record-form.ts'
import { countryItems, currencyItems, localeItems, timeZoneItems } from '../../../components/form/items.ts'
import { accountKindLabels, accountStatusLabels, optionsOf } from '../../../format/labels.ts'
import type { AccountValues } from './account-values.ts'

export interface AccountFormProps {
  title: string
  values: AccountValues
  saveLabel: string
  error: { message: string } | null
  isSaving: boolean
  onSave: (input: AccountInput) => void
  onCancel: () => void
}

/** Creates and edits; the contract says what is allowed. */
export function AccountForm(props: AccountFormProps) {
  const form = useRecordForm(AccountInput, props.values, props.error)
  const { control } = form
  return (
    <FormFrame
      title={props.title}
      error={props.error}
      isSaving={props.isSaving}
      hasChanges={form.formState.isDirty}
      saveLabel={props.saveLabel}
      onSubmit={form.handleSubmit(props.onSave)}
      onCancel={props.onCancel}
    >
      <FormSection title="Account">
        <TextField control={control} name="name" label="Name" isRequired isWide autoComplete="off" />
        <SelectField control={control} name="kind" label="Kind" options={optionsOf(accountKindLabels)} />
        <SelectField control={control} name="status" label="Status" options={optionsOf(accountStatusLabels)} />
        <OwnerField control={control} name="ownerId" label="Owner" />
        <AccountField
          control={control}
          name="parentAccountId"
          label="Part of"
          hint="The company this one belongs to."
        />
      </FormSection>
      <FormSection title="Reach">
        <TextField control={control} name="email" label="E-mail" type="email" autoComplete="off" />
        <TextField
          control={control}
          name="phone"
          label="Phone"
          type="tel"
          placeholder="+14155550100"
          autoComplete="off"
        />
        <TextField control={control} name="website" label="Website" type="url" placeholder="https://" isWide />
      </FormSection>
      <FormSection title="Billing address">
        <TextField control={control} name="billingLine1" label="Street" isWide />
        <TextField control={control} name="billingLine2" label="Street, second line" isWide />
        <TextField control={control} name="billingPostalCode" label="Postal code" />
        <TextField control={control} name="billingCity" label="City" />
        <TextField control={control} name="billingRegion" label="Region" />
        <ComboboxField control={control} name="billingCountry" label="Country" items={countryItems()} />
      </FormSection>
      <FormSection title="Business">
        <TextField control={control} name="industry" label="Industry" />
        <TextField control={control} name="source" label="Source" hint="How they found you." />
        <TextField control={control} name="taxId" label="Tax number" />
        <ComboboxField control={control} name="defaultCurrency" label="Currency" items={currencyItems()} />
        <NumberField control={control} name="paymentTermsDays" label="Payment terms in days" min={0} max={365} />
      </FormSection>
      <FormSection title="Language and time">
        <ComboboxField control={control} name="locale" label="Language and region" items={localeItems()} />
        <ComboboxField control={control} name="timeZone" label="Time zone" items={timeZoneItems()} />
      </FormSection>
      <FormSection title="Description">
        <TextAreaField control={control} name="description" label="Description" rows={5} />
      </FormSection>
      <CustomFieldsSection control={control} entity="account" />
    </FormFrame>
  )
}
