import { z } from 'zod'

/** The name of a custom field in inputs, answers, filters and exports. What it means is said by its definition. */
export const CustomKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,49}$/, 'Use lower case letters, digits and underscores, beginning with a letter.')

/** One text, number, yes or no, or the chosen options. */
export const CustomValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
export type CustomValue = z.infer<typeof CustomValue>

/** What a record holds in custom fields; a key without a value is absent. */
export const CustomValues = z.record(z.string(), CustomValue)
export type CustomValues = z.infer<typeof CustomValues>

/** Values by key; null takes one away, and an absent key stays. The definitions decide about the rest, once they are read. */
export const CustomInput = z.record(CustomKey, z.union([CustomValue, z.null()]))
export type CustomInput = z.infer<typeof CustomInput>

const sought = z.union([
  z
    .string()
    .max(500)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u),
  z.number(),
  z.boolean(),
])
/** Rows whose field holds the value, or one of several. Of a field with many options it is enough that one of them is chosen. */
export const CustomFilter = z.record(CustomKey, z.union([sought, z.array(sought).min(1).max(50)]))
export type CustomFilter = z.infer<typeof CustomFilter>

/** How history, conflicts, exports and refusals name the custom field with this key: each is a field of its own. */
export function customFieldName(key: string): string {
  return `custom.${key}`
}

/** The key that such a name holds; undefined for the name of any other field. */
export function customKeyOf(field: string): string | undefined {
  return field.startsWith('custom.') ? field.slice('custom.'.length) : undefined
}
