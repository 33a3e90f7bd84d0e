'use client'

import type { CustomField, CustomizedEntity } from '@tenantry/contracts/custom-fields'
import type { CustomFilter, CustomSought } from '@tenantry/contracts/custom-values'
import { formatDate } from '../../format/dates.ts'
import type { ActiveFilter } from '../list/list-toolbar.tsx'
import { useTenantFormat } from '../shell/use-session.ts'
import { isPart, isRange, withSought } from './sought-values.ts'
import { useCustomFields } from './use-custom-fields.ts'

/** The filters by custom fields that are set, in words; also those by a field that is archived or unknown, so that they can be lifted. */
export function useActiveCustomFilters(
  entity: CustomizedEntity,
  filter: CustomFilter | null,
  onChange: (filter: CustomFilter | null) => void,
): ActiveFilter[] {
  const definitions = useCustomFields(entity)
  const { locale } = useTenantFormat()
  return Object.entries(filter ?? {}).flatMap(([key, sought]) => {
    const definition = definitions.find((one) => one.key === key)
    const label = definition?.label ?? key
    const word = (value: string | number | boolean) => wordOf(value, definition, locale)
    return partsOf(sought).map(({ words, rest }) => ({
      label: words(label, word),
      clear: () => onChange(withSought(filter, key, rest)),
    }))
  })
}

type Word = (value: string | number | boolean) => string

/** Each part that can be lifted by itself, and what is asked for without it. */
function partsOf(sought: CustomSought): { words: (label: string, word: Word) => string; rest?: CustomSought }[] {
  if (Array.isArray(sought)) {
    return sought.map((value) => {
      const rest = sought.filter((one) => one !== value)
      return { words: (label, word) => `${label}: ${word(value)}`, ...(rest.length > 0 && { rest }) }
    })
  }
  if (isPart(sought)) return [{ words: (label) => `${label}: ${sought.contains}` }]
  if (!isRange(sought)) return [{ words: (label, word) => `${label}: ${word(sought)}` }]
  const { from, until } = sought
  return [
    ...(from === undefined
      ? []
      : [
          {
            words: (label: string, word: Word) => `${label} from ${word(from)}`,
            ...(until !== undefined && { rest: { until } }),
          },
        ]),
    ...(until === undefined
      ? []
      : [
          {
            words: (label: string, word: Word) => `${label} until ${word(until)}`,
            ...(from !== undefined && { rest: { from } }),
          },
        ]),
  ]
}

function wordOf(value: string | number | boolean, definition: CustomField | undefined, locale: string): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return value.toLocaleString(locale)
  if (definition?.type === 'date') return formatDate(value, locale)
  return definition?.options.find((option) => option.key === value)?.label ?? value
}
