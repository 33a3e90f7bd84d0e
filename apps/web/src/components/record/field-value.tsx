'use client'

import { SilenceReason } from '@tenantry/contracts/contacts'
import { z } from 'zod'
import { localeName } from '../../format/choices.ts'
import { countryName } from '../../format/countries.ts'
import { formatDate, formatInstant } from '../../format/dates.ts'
import {
  accountKindLabels,
  accountStatusLabels,
  forecastLabels,
  outcomeLabels,
  silenceLabels,
} from '../../format/labels.ts'
import { formatMoney } from '../../format/money.ts'
import { useTenantFormat } from '../shell/use-session.ts'
import { AccountName, ContactName, PersonName, StageName } from './names.tsx'

/** A field's value in words. Values come out of a history, so any of them may have a shape that is not used any more. */
export function FieldValue({ field, value, currency }: { field: string; value: unknown; currency?: string }) {
  const format = useTenantFormat()
  if (value === null || value === undefined || value === '') return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return numberText(field, value, currency ?? format.currency, format.locale)
  if (typeof value === 'string') {
    if (z.uuid().safeParse(value).success) return <RecordName field={field} id={value} />
    return textOf(field, value, format)
  }
  return <ListValue value={value} />
}

function RecordName({ field, id }: { field: string; id: string }) {
  switch (field) {
    case 'ownerId':
      return <PersonName id={id} />
    case 'accountId':
    case 'parentAccountId':
      return <AccountName id={id} />
    case 'contactId':
      return <ContactName id={id} />
    case 'stageId':
      return <StageName id={id} />
    default:
      return id
  }
}

function numberText(field: string, value: number, currency: string, locale: string): string {
  if (field.endsWith('Minor')) return formatMoney(value, currency, locale)
  if (field === 'probability') return `${value} %`
  if (field === 'paymentTermsDays') return value === 1 ? '1 day' : `${value} days`
  return value.toLocaleString(locale)
}

const words: Record<string, string> = {
  ...accountKindLabels,
  ...accountStatusLabels,
  ...forecastLabels,
  ...outcomeLabels,
}

function textOf(field: string, value: string, { locale, timeZone }: ReturnType<typeof useTenantFormat>): string {
  if (['kind', 'status', 'forecastCategory', 'outcome'].includes(field)) return words[value] ?? value
  if (field === 'billingCountry') return countryName(value, locale)
  if (field === 'locale') return localeName(value, locale)
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(value, locale)
  if (field.endsWith('At') && !Number.isNaN(Date.parse(value))) return formatInstant(value, locale, timeZone)
  return value
}

const Reach = z.array(
  z.looseObject({ value: z.string(), label: z.string().nullish(), reason: SilenceReason.optional() }),
)
const Links = z.array(z.looseObject({ accountId: z.string(), role: z.string().nullish() }))

const Words = z.array(z.string()).min(1)

function ListValue({ value }: { value: unknown }) {
  const words = Words.safeParse(value)
  if (words.success) return words.data.join(', ')
  const reach = Reach.safeParse(value)
  if (reach.success) {
    const said = reach.data.map(({ value: address, label, reason }) => {
      const note = reason === undefined ? label : silenceLabels[reason]
      return note ? `${address} (${note})` : address
    })
    return said.join(', ') || 'nothing'
  }
  const links = Links.safeParse(value)
  if (!links.success) return JSON.stringify(value)
  return links.data.map((one, index) => (
    <span key={index}>
      {index > 0 && ', '}
      <AccountName id={one.accountId} />
      {one.role && ` (${one.role})`}
    </span>
  ))
}
