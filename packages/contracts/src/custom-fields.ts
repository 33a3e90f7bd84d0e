import { z } from 'zod'
import {
  CustomContains,
  CustomKey,
  rangeOf,
  type CustomFilter,
  type CustomInput,
  type CustomValue,
} from './custom-values.ts'
import { CustomFieldId } from './ids.ts'
import { settingEnvelope } from './record.ts'
import { Email, LocalDate, Version, line, text } from './scalars.ts'

/** The records that can have custom fields, by their words in the history. */
export const CustomizedEntity = z.enum([
  'account',
  'contact',
  'lead',
  'opportunity',
  'event',
  'event_date',
  'quote',
  'contract',
  'invoice',
  'task',
  'note',
  'communication',
  'location',
  'catalog_item',
  'resource',
])
export type CustomizedEntity = z.infer<typeof CustomizedEntity>

export const CustomFieldType = z.enum([
  'text',
  'long_text',
  'number',
  'decimal',
  'date',
  'checkbox',
  'select',
  'multi_select',
  'url',
  'email',
])
export type CustomFieldType = z.infer<typeof CustomFieldType>

/** What can be chosen: records hold the key, so that the label can be changed. */
export const CustomFieldOption = z.strictObject({ key: CustomKey, label: line(100) })
export type CustomFieldOption = z.infer<typeof CustomFieldOption>

const options = z
  .array(CustomFieldOption)
  .max(200)
  .refine((list) => new Set(list.map(({ key }) => key)).size === list.length, 'Two options have the same key.')

/** True for the types that have options, and need one at least. */
export function hasOptions(type: CustomFieldType): boolean {
  return type === 'select' || type === 'multi_select'
}

export const CustomFieldInput = z
  .strictObject({
    entity: CustomizedEntity,
    key: CustomKey,
    label: line(80),
    type: CustomFieldType,
    options: options.default([]),
    /** A new record needs a value; those there are already stay as they are. */
    required: z.boolean().default(false),
  })
  .refine(({ type, options: list }) => hasOptions(type) === list.length > 0, {
    message: 'A field to choose from needs an option, and any other has none.',
    path: ['options'],
  })
export type CustomFieldInput = z.infer<typeof CustomFieldInput>

/** Which records it is of, its key and its type stay. `options` replaces the list; one that is in use cannot be left out. */
export const CustomFieldPatch = z.strictObject({
  label: line(80).optional(),
  options: options.optional(),
  required: z.boolean().optional(),
})
export type CustomFieldPatch = z.infer<typeof CustomFieldPatch>
export const CustomFieldPatchInput = z.strictObject({ id: CustomFieldId, version: Version, patch: CustomFieldPatch })

export const CustomField = z.object({
  id: CustomFieldId,
  entity: CustomizedEntity,
  key: z.string(),
  label: z.string(),
  type: CustomFieldType,
  options: z.array(CustomFieldOption),
  required: z.boolean(),
  position: z.int(),
  ...settingEnvelope,
})
export type CustomField = z.infer<typeof CustomField>

/** `show: 'all'` gives what is in use and the archive, without the bin. */
export const CustomFieldListQuery = z
  .strictObject({
    entity: CustomizedEntity.optional(),
    show: z.enum(['active', 'archived', 'deleted', 'all']).default('active'),
  })
  .prefault({})
export type CustomFieldListQuery = z.infer<typeof CustomFieldListQuery>

/** Fields of these records in the order they are to have; those that are left out follow. */
export const CustomFieldOrder = z.strictObject({
  entity: CustomizedEntity,
  ids: z.array(CustomFieldId).min(1).max(200),
})
export type CustomFieldOrder = z.infer<typeof CustomFieldOrder>

type Definition = Pick<CustomField, 'key' | 'type' | 'options' | 'required' | 'archivedAt'>

/** What an input says of custom fields: what is written, and why the rest cannot be, both by key. */
export interface ParsedCustom {
  values: CustomInput
  refused: Record<string, string[]>
}

/** Compares an input with the definitions. A field that needs a value does not let go of it; that a new record has one is not asked here. */
export function parseCustom(definitions: readonly Definition[], input: CustomInput): ParsedCustom {
  const byKey = new Map(definitions.map((definition) => [definition.key, definition]))
  const [values, refused]: [CustomInput, Record<string, string[]>] = [{}, {}]
  for (const [key, value] of Object.entries(input)) {
    const definition = byKey.get(key)
    if (definition === undefined) refused[key] = ['There is no such field.']
    else if (definition.archivedAt !== null) refused[key] = ['This field is archived.']
    else if (value !== null) {
      const parsed = customValueOf(definition).safeParse(value)
      if (parsed.success) values[key] = parsed.data
      else refused[key] = parsed.error.issues.map(({ message }) => message)
    } else if (definition.required) refused[key] = ['Fill this in.']
    else values[key] = null
  }
  return { values, refused }
}

/** A value of the field's type, as a record holds it. */
export function customValueOf({
  type,
  options: offered,
}: Pick<Definition, 'type' | 'options'>): z.ZodType<CustomValue> {
  switch (type) {
    case 'text':
      return storable(line(500))
    case 'long_text':
      return storable(text(20_000).refine((value) => value.trim() !== '', 'Fill this in.'))
    case 'number':
      return z.int()
    case 'decimal':
      // Fifteen digits are what a number of JSON holds exactly.
      return z
        .number()
        .refine(
          (value) => Math.abs(value) < 1e15 && Number(value.toPrecision(15)) === value,
          'Use a number with fifteen digits at most.',
        )
    case 'date':
      return LocalDate
    case 'checkbox':
      return z.boolean()
    case 'select':
      return optionOf(offered)
    case 'multi_select':
      return z
        .array(optionOf(offered))
        .min(1, 'Choose an option.')
        .refine((chosen) => new Set(chosen).size === chosen.length, 'An option is chosen once.')
    case 'url':
      return z.url({ protocol: /^https?$/ }).max(500)
    case 'email':
      return Email
  }
}

/** Why a filter cannot be asked of fields with these definitions, by key. One that is archived still has its values. */
export function refusedFilters(
  definitions: readonly Pick<Definition, 'key' | 'type'>[],
  filter: CustomFilter,
): Record<string, string[]> {
  const types = new Map(definitions.map(({ key, type }) => [key, type]))
  return Object.fromEntries(
    Object.entries(filter).flatMap(([key, sought]): [string, string[]][] => {
      const type = types.get(key)
      if (type === undefined) return [[key, ['There is no such field.']]]
      const { schema, says } = filterOf(type)
      return schema.safeParse(sought).success ? [] : [[key, [says]]]
    }),
  )
}

/** What a field can be asked for. An option that is not offered any more is held by no record, and is asked for in vain. */
function filterOf(type: CustomFieldType): { schema: z.ZodType; says: string } {
  switch (type) {
    case 'text':
    case 'long_text':
    case 'url':
    case 'email':
      return { schema: z.union([oneOrSome(z.string()), CustomContains]), says: 'Ask for a text, or what it contains.' }
    case 'number':
    case 'decimal':
      return { schema: z.union([oneOrSome(z.number()), rangeOf(z.number())]), says: 'Ask for a number, or a range.' }
    case 'date':
      return { schema: z.union([oneOrSome(LocalDate), rangeOf(LocalDate)]), says: 'Ask for a date, or a range.' }
    case 'checkbox':
      return { schema: z.boolean(), says: 'Ask for true or false.' }
    case 'select':
    case 'multi_select':
      return { schema: oneOrSome(z.string()), says: 'Ask for an option, or one of several.' }
  }
}

function oneOrSome(value: z.ZodType) {
  return z.union([value, z.array(value)])
}

/** Half of a character of two parts is no text that JSON in a database can hold. */
function storable(schema: z.ZodType<string>) {
  return schema.refine((value) => !/\p{Cs}/u.test(value), 'This text has a character that cannot be stored.')
}

function optionOf(offered: readonly CustomFieldOption[]) {
  return z.string().refine((key) => offered.some((option) => option.key === key), 'This is not offered.')
}
