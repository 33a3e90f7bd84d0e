import { Permission } from '@tenantry/contracts/roles'
import { ApiKeyRole, keyAllows } from '@tenantry/contracts/api-keys'
import { z } from 'zod'
import type { IndexedProcedure } from '../procedure-index.ts'
import { parametersOf, type JsonSchema, type Parameter } from './parameters.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** One procedure as a resource and a method. */
export interface Route {
  method: Method
  /** `/accounts/{id}/archive`. */
  template: string
  /** `accounts.archive`. */
  procedure: string
  type: 'query' | 'mutation'
  permission: Permission
  /** Of a call that went well: 201 for what is created. */
  status: 200 | 201
  /** What stands in the address behind the `?`. */
  parameters: Parameter[]
  /** What is sent; undefined where nothing is. The id stands in the address. */
  body: JsonSchema | undefined
  output: JsonSchema | undefined
  namesRecord: boolean
}

/**
 * The procedures that a key may call, as REST: `list`, `byId`, `create`, `patch` and `remove` become the methods of
 * `/accounts` and `/accounts/{id}`; any other one keeps its name behind the record or the collection that it is about.
 * Throws for a query whose input no address can hold.
 */
export function restRoutes(procedures: ReadonlyMap<string, IndexedProcedure>): Route[] {
  return [...procedures].flatMap(([path, procedure]) => {
    const { type, input, output } = procedure
    const permission = Permission.safeParse(procedure.permission).data
    if (permission === undefined || !ApiKeyRole.options.some((role) => keyAllows(role, permission))) return []
    const asked = input === undefined ? undefined : schemaOf(input, 'input')
    const namesRecord = asked?.properties?.['id'] !== undefined
    const rest = namesRecord ? withoutId(asked) : asked
    const { method, template, status } = placeOf(path, type, namesRecord)
    const inAddress = method === 'GET' || method === 'DELETE'
    return [
      {
        method,
        template,
        procedure: path,
        type,
        permission,
        status,
        parameters: inAddress && rest !== undefined ? parametersOf(rest, path) : [],
        body: inAddress || rest === undefined || isEmpty(rest) ? undefined : rest,
        output: output === undefined ? undefined : schemaOf(output, 'output'),
        namesRecord,
      },
    ]
  })
}

const methods: Record<string, Pick<Route, 'method' | 'status'>> = {
  list: { method: 'GET', status: 200 },
  byId: { method: 'GET', status: 200 },
  create: { method: 'POST', status: 201 },
  patch: { method: 'PATCH', status: 200 },
  remove: { method: 'DELETE', status: 200 },
}

function placeOf(
  path: string,
  type: Route['type'],
  namesRecord: boolean,
): Pick<Route, 'method' | 'template' | 'status'> {
  const [router = '', name = ''] = path.split('.')
  const place = `/${kebab(router)}${namesRecord ? '/{id}' : ''}`
  const standard = methods[name]
  if (standard !== undefined) return { template: place, ...standard }
  return { method: type === 'query' ? 'GET' : 'POST', template: `${place}/${kebab(name)}`, status: 200 }
}

/** Names in addresses have no capitals: `event-dates`. */
function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** As JSON Schema 2020-12, which OpenAPI 3.1 speaks; what zod alone can check is left to zod. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' })
  return json as JsonSchema
}

function withoutId(schema: JsonSchema): JsonSchema {
  const { id: _, ...properties } = schema.properties ?? {}
  const required = schema.required?.filter((name) => name !== 'id')
  return { ...schema, properties, ...(required !== undefined && { required }) }
}

function isEmpty({ properties }: JsonSchema): boolean {
  return properties !== undefined && Object.keys(properties).length === 0
}
