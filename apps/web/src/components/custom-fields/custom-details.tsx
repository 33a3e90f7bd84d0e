'use client'

import type { CustomField, CustomizedEntity } from '@tenantry/contracts/custom-fields'
import type { CustomValue, CustomValues } from '@tenantry/contracts/custom-values'
import type { ReactNode } from 'react'
import { formatDate } from '../../format/dates.ts'
import { Details } from '../record/details.tsx'
import { EmailLink, WebsiteLink } from '../record/reach-link.tsx'
import { useTenantFormat } from '../shell/use-session.ts'
import { useCustomFields } from './use-custom-fields.ts'

/** What a record holds in the company's own fields, archived ones too; nothing where it holds none. */
export function CustomDetails({ entity, custom }: { entity: CustomizedEntity; custom: CustomValues }) {
  const { locale } = useTenantFormat()
  const filled = useCustomFields(entity).flatMap((field): [string, ReactNode][] => {
    const value = custom[field.key]
    const label = field.archivedAt === null ? field.label : `${field.label} (archived)`
    return value === undefined ? [] : [[label, shown(field, value, locale)]]
  })
  return <Details title="Custom fields" items={filled} />
}

function shown({ type, options }: CustomField, value: CustomValue, locale: string): ReactNode {
  const labelOf = (key: string) => options.find((option) => option.key === key)?.label ?? key
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return value.toLocaleString(locale, { maximumFractionDigits: 15 })
  if (typeof value !== 'string') return value.map(labelOf).join(', ')
  switch (type) {
    case 'select':
      return labelOf(value)
    case 'date':
      return formatDate(value, locale)
    case 'url':
      return <WebsiteLink url={value} />
    case 'email':
      return <EmailLink email={value} />
    default:
      return <span className="whitespace-pre-line">{value}</span>
  }
}
