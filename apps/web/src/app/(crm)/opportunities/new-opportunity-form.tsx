'use client'

import type { AccountId, ContactId, StageId } from '@tenantry/contracts/ids'
import { OpportunityInput } from '@tenantry/contracts/opportunities'
import { CustomFieldsSection } from '../../../components/custom-fields/custom-fields-section.tsx'
import { FormFrame } from '../../../components/form/form-frame.tsx'
import { FormSection } from '../../../components/form/form-section.tsx'
import { idOf } from '../../../components/form/id-of.ts'
import { currencyItems } from '../../../components/form/items.ts'
import { MoneyField } from '../../../components/form/money-field.tsx'
import { AccountField, ContactField, OwnerField } from '../../../components/form/picker-fields.tsx'
import { ComboboxField } from '../../../components/form/select-field.tsx'
import { NumberField, TextField } from '../../../components/form/text-field.tsx'
import { useRecordForm } from '../../../components/form/use-record-form.ts'
import { useSession, useTenantFormat } from '../../../components/shell/use-session.ts'
import { FirstStageField } from './first-stage-field.tsx'

export function NewOpportunityForm(props: {
  known: { accountId: AccountId | null; contactId: ContactId | null; stageId: StageId | undefined }
  error: { message: string } | null
  isSaving: boolean
  onSave: (input: OpportunityInput) => void
  onCancel: () => void
}) {
  const { known } = props
  const format = useTenantFormat()
  const me = useSession().user.id
  const form = useRecordForm(
    OpportunityInput,
    {
      name: '',
      stageId: known.stageId,
      amountMinor: 0,
      currency: format.currency,
      probability: null,
      accountId: known.accountId,
      contactId: known.contactId,
      ownerId: me,
      expectedCloseOn: null,
      nextStep: null,
      eventType: null,
      custom: {},
    },
    props.error,
  )
  const { control } = form
  const accountId = form.watch('accountId')
  return (
    <FormFrame
      title="New opportunity"
      error={props.error}
      isSaving={props.isSaving}
      hasChanges={form.formState.isDirty}
      saveLabel="Create opportunity"
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
      <FormSection title="Value" hint="Without odds of its own, the stage decides.">
        <MoneyField control={control} name="amountMinor" label="Amount" currency={form.watch('currency')} />
        <ComboboxField control={control} name="currency" label="Currency" items={currencyItems()} isRequired />
        <FirstStageField control={control} name="stageId" />
        <NumberField
          control={control}
          name="probability"
          label="Odds in percent"
          min={0}
          max={100}
          placeholder="As the stage"
        />
      </FormSection>
      <FormSection title="Plan">
        <TextField control={control} name="expectedCloseOn" label="Closes on" type="date" />
        <TextField control={control} name="nextStep" label="Next step" placeholder="Send the quote" />
      </FormSection>
      <CustomFieldsSection control={control} entity="opportunity" />
    </FormFrame>
  )
}
