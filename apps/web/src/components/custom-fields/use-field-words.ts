import type { CustomizedEntity } from '@tenantry/contracts/custom-fields'
import { customKeyOf } from '@tenantry/contracts/custom-values'
import { fieldLabel } from '../../format/field-labels.ts'
import { useCustomFields } from './use-custom-fields.ts'

/** How people call the fields of a record and what stands in them, the company's own fields too. */
export function useFieldWords(entity: CustomizedEntity) {
  const fields = useCustomFields(entity)
  const definitionOf = (field: string) => {
    const key = customKeyOf(field)
    return key === undefined ? undefined : fields.find((definition) => definition.key === key)
  }
  return {
    labelOf: (field: string): string => definitionOf(field)?.label ?? fieldLabel(field),
    /** Options by their labels; any other value as it is. */
    wordsOf(field: string, value: unknown): unknown {
      const options = definitionOf(field)?.options ?? []
      const wordOf = (key: unknown) => options.find((option) => option.key === key)?.label ?? key
      return Array.isArray(value) && options.length > 0 ? value.map(wordOf) : wordOf(value)
    },
  }
}
