'use client'

import type { ContactInput, SilenceReason } from '@tenantry/contracts/contacts'
import { Mail, Phone, X } from 'lucide-react'
import { useFieldArray, type UseFormReturn } from 'react-hook-form'
import { Button } from '../../../components/ui/button.tsx'
import { Field } from '../../../components/ui/field.tsx'
import { Input } from '../../../components/ui/input.tsx'
import { silenceLabels } from '../../../format/labels.ts'
import type { ContactValues } from './contact-values.ts'

type Form = UseFormReturn<ContactValues, unknown, ContactInput>

const kinds = {
  email: { label: 'E-mail', type: 'email', placeholder: '' },
  phone: { label: 'Phone', type: 'tel', placeholder: '+14155550100' },
} as const

/** E-mail addresses and phone numbers; one of each kind is the main one. */
export function ContactPointsField({ form }: { form: Form }) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'points' })
  const points = form.watch('points') ?? []
  const { errors } = form.formState
  const add = (kind: 'email' | 'phone') =>
    append({ kind, value: '', label: null, isPrimary: !points.some((point) => point.kind === kind && point.isPrimary) })
  const makeMain = (chosen: number) => {
    const kind = points[chosen]?.kind
    points.forEach((point, index) => {
      if (point.kind === kind) form.setValue(`points.${index}.isPrimary`, index === chosen, { shouldDirty: true })
    })
  }
  return (
    <div className="grid gap-4 sm:col-span-2">
      {fields.map((field, index) => {
        const kind = kinds[field.kind]
        const error = errors.points?.[index]?.value?.message
        return (
          <div
            key={field.id}
            className="grid grid-cols-[1fr_auto] items-start gap-x-2 gap-y-2 sm:grid-cols-[1fr_9rem_auto_auto]"
          >
            <Field label={`${kind.label} ${countBefore(points, index) + 1}`} error={error}>
              {(control) => (
                <Input
                  {...control}
                  type={kind.type}
                  placeholder={kind.placeholder}
                  autoComplete="off"
                  {...form.register(`points.${index}.value`)}
                />
              )}
            </Field>
            <div className="col-start-1 sm:col-start-auto">
              <Field label="Label" error={errors.points?.[index]?.label?.message}>
                {(control) => (
                  <Input
                    {...control}
                    placeholder="Office"
                    autoComplete="off"
                    {...form.register(`points.${index}.label`)}
                  />
                )}
              </Field>
            </div>
            <label className="flex h-9 items-center gap-2 sm:mt-6.5">
              <input
                type="radio"
                name={`main-${field.kind}`}
                className="size-4 accent-brand"
                checked={points[index]?.isPrimary === true}
                onChange={() => makeMain(index)}
              />
              Main
            </label>
            <Button
              look="quiet"
              size="icon"
              className="col-start-2 row-start-1 mt-6.5 sm:col-start-auto sm:row-start-auto"
              aria-label={`Remove ${kind.label.toLowerCase()} ${points[index]?.value ?? ''}`}
              onClick={() => remove(index)}
            >
              <X aria-hidden className="size-4" />
            </Button>
            <SilenceChoices form={form} index={index} />
          </div>
        )
      })}
      {errors.points?.root?.message !== undefined && (
        <p className="text-[13px] text-bad">{errors.points.root.message}</p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={() => add('email')}>
          <Mail aria-hidden className="size-4" />
          Add e-mail
        </Button>
        <Button size="small" onClick={() => add('phone')}>
          <Phone aria-hidden className="size-4" />
          Add phone
        </Button>
      </div>
    </div>
  )
}

/** Whether something is sent there; that a mail came back can only be taken off. */
function SilenceChoices({ form, index }: { form: Form; index: number }) {
  const point = form.watch(`points.${index}`)
  const silenced = form.watch('silenced') ?? []
  if (point === undefined) return null
  const isAt = ({ kind, value, reason }: (typeof silenced)[number], asked: SilenceReason) =>
    kind === point.kind && value.toLowerCase() === point.value.toLowerCase() && reason === asked
  const set = (reason: SilenceReason, isSilent: boolean) => {
    const others = silenced.filter((one) => !isAt(one, reason))
    const next = isSilent ? [...others, { kind: point.kind, value: point.value, reason }] : others
    form.setValue('silenced', next, { shouldDirty: true })
  }
  const offered = (['opted_out', 'bounced'] as const).filter(
    (reason) => reason === 'opted_out' || silenced.some((one) => isAt(one, reason)),
  )
  return (
    <div className="col-span-full flex flex-wrap gap-x-4 gap-y-1">
      {offered.map((reason) => (
        <label key={reason} className="flex items-center gap-2 text-[13px] text-muted">
          <input
            type="checkbox"
            className="size-4 accent-brand"
            checked={silenced.some((one) => isAt(one, reason))}
            onChange={({ target }) => set(reason, target.checked)}
          />
          {silenceLabels[reason]}
        </label>
      ))}
    </div>
  )
}

/** How many of the same kind stand above. */
function countBefore(points: readonly { kind: string }[], index: number): number {
  return points.slice(0, index).filter((point) => point.kind === points[index]?.kind).length
}
