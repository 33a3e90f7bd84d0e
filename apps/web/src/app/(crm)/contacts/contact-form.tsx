'use client'

import { ContactInput } from '@tenantry/contracts/contacts'
import { CheckboxField } from '../../../components/form/checkbox-field.tsx'
import { CustomFieldsSection } from '../../../components/custom-fields/custom-fields-section.tsx'
import { FormFrame } from '../../../components/form/form-frame.tsx'
import { FormSection } from '../../../components/form/form-section.tsx'
import { localeItems, timeZoneItems } from '../../../components/form/items.ts'
import { OwnerField } from '../../../components/form/picker-fields.tsx'
import { ComboboxField, SelectField } from '../../../components/form/select-field.tsx'
import { TextField } from '../../../components/form/text-field.tsx'
import { useRecordForm } from '../../../components/form/use-record-form.ts'
import { contactStatusLabels, optionsOf } from '../../../format/labels.ts'
import { ContactAccountsField } from './contact-accounts-field.tsx'
import { FormerAccountsField } from './former-accounts-field.tsx'
import { ContactPointsField } from './contact-points-field.tsx'
import { withoutStraySilence, type ContactValues } from './contact-values.ts'

export interface ContactFormProps {
  title: string
  values: ContactValues
  saveLabel: string
  error: { message: string } | null
  isSaving: boolean
  onSave: (input: ContactInput) => void
  onCancel: () => void
}

/** Creates and edits; the contract says what is allowed. */
export function ContactForm(props: ContactFormProps) {
  const form = useRecordForm(ContactInput, props.values, props.error)
  const { control } = form
  return (
    <FormFrame
      title={props.title}
      error={props.error}
      isSaving={props.isSaving}
      hasChanges={form.formState.isDirty}
      saveLabel={props.saveLabel}
      onSubmit={form.handleSubmit((input) => props.onSave(withoutStraySilence(input)))}
      onCancel={props.onCancel}
    >
      <FormSection title="Person" hint="A first or a last name is needed.">
        <TextField control={control} name="firstName" label="First name" autoComplete="off" />
        <TextField control={control} name="lastName" label="Last name" autoComplete="off" />
        <TextField control={control} name="jobTitle" label="Job title" autoComplete="off" />
        <TextField control={control} name="birthday" label="Birthday" type="date" />
        <OwnerField control={control} name="ownerId" label="Owner" />
        <SelectField control={control} name="status" label="Status" options={optionsOf(contactStatusLabels)} />
      </FormSection>
      <FormSection title="Reach" hint="The main one of each kind is used first.">
        <ContactPointsField form={form} />
        <CheckboxField
          control={control}
          name="doNotContact"
          label="Do not contact"
          hint="Nobody should write or call."
        />
      </FormSection>
      <FormSection title="Accounts" hint="The companies and people this contact belongs to.">
        <ContactAccountsField form={form} />
      </FormSection>
      <FormSection title="Earlier accounts" hint="Those it belongs to no more, and until when.">
        <FormerAccountsField form={form} />
      </FormSection>
      <FormSection title="Language and time">
        <ComboboxField control={control} name="locale" label="Language and region" items={localeItems()} />
        <ComboboxField control={control} name="timeZone" label="Time zone" items={timeZoneItems()} />
      </FormSection>
      <CustomFieldsSection control={control} entity="contact" />
    </FormFrame>
  )
}
