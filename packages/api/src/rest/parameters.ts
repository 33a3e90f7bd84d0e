import { TenantryError } from '@tenantry/errors'

/** As much of JSON Schema as is read here. */
export interface JsonSchema {
  type?: string | string[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  anyOf?: JsonSchema[]
  [keyword: string]: unknown
}

/** One parameter of an address, and where its value stands in the input. */
export interface Parameter {
  /** `filters.status`. */
  name: string
  path: string[]
  kind: 'text' | 'number' | 'boolean' | 'json'
  /** May be given several times. */
  isList: boolean
  isRequired: boolean
  schema: JsonSchema
}

/**
 * The fields of an input as parameters; those of an object in it have its name before theirs, and an object whose fields
 * nobody knows beforehand is JSON. Throws for what has no place in an address.
 */
export function parametersOf(schema: JsonSchema, procedure: string, path: string[] = []): Parameter[] {
  return Object.entries(schema.properties ?? {}).flatMap(([field, given]) => {
    const name = [...path, field]
    const value = withoutNull(given)
    const isRequired = path.length === 0 && (schema.required?.includes(field) ?? false)
    if (value.type === 'object' && value.properties === undefined)
      return [{ name: name.join('.'), path: name, kind: 'json', isList: false, isRequired, schema: value }]
    if (value.type === 'object') return parametersOf(value, procedure, name)
    const isList = value.type === 'array'
    const one = isList ? withoutNull(value.items ?? {}) : value
    if (one.type === 'object' || one.type === 'array')
      throw new TypeError(`${procedure} is asked with ${name.join('.')}, which no address can hold`)
    return [{ name: name.join('.'), path: name, kind: kindOf(one), isList, isRequired, schema: value }]
  })
}

/** The input that an address says. What is no number stays text, and the contract says so. Throws BAD_INPUT for a parameter that there is not. */
export function inputFrom(search: URLSearchParams, parameters: readonly Parameter[]): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const name of new Set(search.keys())) {
    const parameter = parameters.find((one) => one.name === name)
    if (parameter === undefined) throw badParameter(name, 'There is no such parameter.')
    const values = search.getAll(name).map((text) => valueOf(text, parameter))
    if (!parameter.isList && values.length > 1) throw badParameter(name, 'It can be given once.')
    put(input, parameter.path, parameter.isList ? values : values[0])
  }
  return input
}

function withoutNull(schema: JsonSchema): JsonSchema {
  const kinds = schema.anyOf?.filter(({ type }) => type !== 'null')
  const [only] = kinds ?? []
  if (only === undefined || kinds?.length !== 1) return schema
  const { anyOf: _, ...around } = schema
  return { ...around, ...only }
}

function kindOf({ type }: JsonSchema): Parameter['kind'] {
  if (type === 'integer' || type === 'number') return 'number'
  return type === 'boolean' ? 'boolean' : 'text'
}

function valueOf(text: string, { kind, name }: Parameter): unknown {
  if (kind === 'json') return jsonOf(text, name)
  if (kind === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text)
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

function jsonOf(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badParameter(name, 'This is not valid JSON.')
  }
}

/** The names come from the contract and not from the caller: none of them is `__proto__`. */
function put(input: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first = '', ...rest] = path
  if (rest.length === 0) input[first] = value
  else put((input[first] ??= {}) as Record<string, unknown>, rest, value)
}

function badParameter(name: string, message: string): TenantryError {
  return new TenantryError('BAD_INPUT', { data: { fields: { [name.slice(0, 100)]: [message] } } })
}
