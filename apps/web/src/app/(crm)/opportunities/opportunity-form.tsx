'use client'

import type { AccountId } from '@tenantry/contracts/ids'
import { OpportunityPatch, type Opportunity } from '@tenantry/contracts/opportunities'
import type { z } from 'zod'
import { CustomFieldsSection } from '../../../components/custom-fields/custom-fields-section.tsx'
import { FormFrame } from '../../../components/form/form-frame.tsx'
import { FormSection } from '../../../components/form/form-section.tsx'
import { idOf } from '../../../components/form/id-of.ts'
import { currencyItems } from '../../../components/form/items.ts'
import { MoneyField } from '../../../components/form/money-field.tsx'
import { AccountField, ContactField, OwnerField } from '../../../components/form/picker-fields.tsx'
import { ComboboxField, SelectField } from '../../../components/form/select-field.tsx'
import { NumberField, TextField } from '../../../components/form/text-field.tsx'
import { useRecordForm } from '../../../components/form/use-record-form.ts'
import { forecastLabels, optionsOf } from '../../../format/labels.ts'

/** Edits; the stage changes on the record and on the board. A closed opportunity has no odds any more. */
export function OpportunityForm(props: {
  title: string
  values: z.input<typeof OpportunityPatch>
  isClosed: boolean
  error: { message: string } | null
  isSaving: boolean
  onSave: (patch: OpportunityPatch) => void
  onCancel: () => void
}) {
  const form = useRecordForm(OpportunityPatch, props.values, props.error)
  const { control } = form
  const accountId = form.watch('accountId')
  return (
    <FormFrame
      title={props.title}
      error={props.error}
      isSaving={props.isSaving}
      hasChanges={form.formState.isDirty}
      saveLabel="Save"
      onSubmit={form.handleSubmit(props.onSave)}
      onCancel={props.onCancel}
    >
      <FormSection title="Opportunity">
        <TextField control={control} name="name" label="Name" isRequired isWide autoComplete="off" />
        <AccountField control={control} name="accountId" label="Account" />
        <ContactField control={control} name="contactId" label="Contact" accountId={idOf<AccountId>(accountId)} />
        <TextField control={control} name="eventType" label="Kind of event" placeholder="Wedding" />
        <OwnerField control={control} name="ownerId" label="Owner" />
      </FormSection>
      <FormSection title="Value">
        <MoneyField control={control} name="amountMinor" label="Amount" currency={form.watch('currency') ?? 'USD'} />
        <ComboboxField control={control} name="currency" label="Currency" items={currencyItems()} isRequired />
        {!props.isClosed && (
          <>
            <NumberField
              control={control}
              name="probability"
              label="Odds in percent"
              min={0}
              max={100}
              placeholder="As the stage"
              hint="Empty: the stage decides."
            />
            <SelectField
              control={control}
              name="forecastCategory"
              label="Forecast"
              options={optionsOf(forecastLabels)}
            />
          </>
        )}
      </FormSection>
      <FormSection title="Plan">
        <TextField control={control} name="expectedCloseOn" label="Closes on" type="date" />
        <TextField control={control} name="nextStep" label="Next step" placeholder="Send the quote" />
      </FormSection>
      <CustomFieldsSection control={control} entity="opportunity" />
    </FormFrame>
  )
}

/** The record as its patch names things. Odds that came with the stage are not the opportunity's own. */
export function opportunityValues(opportunity: Opportunity) {
  return {
    name: opportunity.name,
    amountMinor: opportunity.amountMinor,
    currency: opportunity.currency,
    probability: opportunity.probabilityOverridden ? opportunity.probability : null,
    forecastCategory: opportunity.forecastCategory,
    accountId: opportunity.accountId,
    contactId: opportunity.contactId,
    ownerId: opportunity.ownerId,
    expectedCloseOn: opportunity.expectedCloseOn,
    nextStep: opportunity.nextStep,
    eventType: opportunity.eventType,
    custom: opportunity.custom,
  } satisfies z.input<typeof OpportunityPatch>
}
