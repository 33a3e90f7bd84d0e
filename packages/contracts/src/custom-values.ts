import { z } from 'zod'
import { LocalDate } from './scalars.ts'

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

/** Both ends are included, and one of them may be left out: numbers of a number, days of a date. */
export const CustomRange = rangeOf(z.union([z.number(), LocalDate]))

/** Anywhere in the text, in capitals or not. */
export const CustomContains = z.strictObject({
  contains: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u),
})

/** What is asked of one field: that it holds the value, or one of several; or a range; or a part of a text. */
export type CustomSought = z.infer<typeof CustomSought>
const CustomSought = z.union([sought, z.array(sought).min(1).max(50), CustomRange, CustomContains])

/**
 * Rows of which all of this is true. Of a field with many options it is enough that one of them is chosen. That a field is
 * asked for what it can hold is said by the definitions, once they are read.
 */
export const CustomFilter = z
  .record(CustomKey, CustomSought)
  .refine((filter) => Object.keys(filter).length <= 20, 'At most twenty fields are asked at once.')
export type CustomFilter = z.infer<typeof CustomFilter>

/** A range that has one end at least. */
export function rangeOf<Value extends z.ZodType>(value: Value) {
  return z
    .strictObject({ from: value.optional(), until: value.optional() })
    .refine(({ from, until }) => from !== undefined || until !== undefined, 'Say from where, or until where.')
}

/** How history, conflicts, exports and refusals name the custom field with this key: each is a field of its own. */
export function customFieldName(key: string): string {
  return `custom.${key}`
}

/** The key that such a name holds; undefined for the name of any other field. */
export function customKeyOf(field: string): string | undefined {
  return field.startsWith('custom.') ? field.slice('custom.'.length) : undefined
}
