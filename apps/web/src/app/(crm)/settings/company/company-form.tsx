'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { TenantSettingsPatch, type TenantSettings } from '@tenantry/contracts/tenants'
import { changedFields } from '../../../../components/form/changed-fields.ts'
import { FormFrame } from '../../../../components/form/form-frame.tsx'
import { FormSection } from '../../../../components/form/form-section.tsx'
import { currencyItems, localeItems, timeZoneItems } from '../../../../components/form/items.ts'
import { ComboboxField } from '../../../../components/form/select-field.tsx'
import { TextField } from '../../../../components/form/text-field.tsx'
import { useRecordForm } from '../../../../components/form/use-record-form.ts'
import { useAnnounce } from '../../../../components/ui/toast.tsx'
import { useTRPC } from '../../../../trpc/client.tsx'

export function CompanyForm({ settings, onDone }: { settings: TenantSettings; onDone: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const save = useMutation(
    trpc.tenant.updateSettings.mutationOptions({
      onSuccess: async (saved) => {
        queryClient.setQueryData(trpc.tenant.settings.queryKey(), saved)
        announce({ title: 'Saved the company' })
        onDone()
        // The name also stands in the frame, and whatever is written in its currency or zone is written anew.
        await queryClient.invalidateQueries()
      },
    }),
  )
  const { name, timeZone, locale, currency } = settings
  const opened = { name, timeZone, locale, currency }
  const form = useRecordForm(TenantSettingsPatch, opened, save.error)
  const { control } = form
  return (
    <FormFrame
      title="Company"
      error={save.error}
      isSaving={save.isPending}
      hasChanges={form.formState.isDirty}
      saveLabel="Save"
      onSubmit={form.handleSubmit((input) => {
        const patch = changedFields<TenantSettingsPatch>(opened, input)
        if (Object.keys(patch).length === 0) onDone()
        else save.mutate({ version: settings.version, patch })
      })}
      onCancel={onDone}
    >
      <FormSection title="Company">
        <TextField control={control} name="name" label="Name" isRequired isWide autoComplete="organization" />
      </FormSection>
      <FormSection title="Language and time" hint="How dates and money are written for everybody here.">
        <ComboboxField control={control} name="locale" label="Language and region" items={localeItems()} />
        <ComboboxField control={control} name="timeZone" label="Time zone" items={timeZoneItems()} />
        <ComboboxField
          control={control}
          name="currency"
          label="Currency"
          items={currencyItems()}
          hint="New opportunities start with it; those there are keep theirs."
        />
      </FormSection>
    </FormFrame>
  )
}
