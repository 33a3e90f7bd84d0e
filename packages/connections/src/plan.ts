import { Param, Placeholder, is, type Query } from 'drizzle-orm'
import type { SelectedFieldsOrdered } from 'drizzle-orm/pg-core/query-builders/select.types'
import type { DriverRows, Form } from './driver.ts'
import { isRefused } from './refused-statements.ts'
import { compileRowMapper, type RowMapper } from './row-mapper.ts'
import { translateFailure } from './translate.ts'

/** The way from a handle to the wire. */
export type Send = (text: string, parameters: readonly unknown[], form: Form) => Promise<DriverRows>

/** Everything about a query that does not change from one run to the next. */
export interface Plan {
  text: string
  /** It is nothing that a handle may send. */
  isRefused: boolean
  bind: (parameters: Record<string, unknown>) => unknown[]
  /** Undefined for raw SQL, whose rows come as objects of its column names. */
  mapRow: RowMapper | undefined
}

export function compilePlan(
  query: Query,
  fields: SelectedFieldsOrdered | undefined,
  joinsNotNullable: Record<string, boolean> | undefined,
): Plan {
  const binders = query.params.map(compileBinder)
  return {
    text: query.sql,
    isRefused: isRefused(query.sql),
    bind: (parameters) => binders.map((binder) => binder(parameters)),
    mapRow: fields && compileRowMapper(fields, joinsNotNullable),
  }
}

/** Rejects with a TenantryError, also when the text is refused, a value cannot be bound or a row cannot be read. */
export async function runPlan(plan: Plan, send: Send, parameters: Record<string, unknown>): Promise<unknown[]> {
  try {
    const { text, mapRow } = plan
    if (plan.isRefused) throw new TypeError('transaction control, DO, CALL and COPY are not statements')
    const rows = await send(text, plan.bind(parameters), mapRow ? 'arrays' : 'objects')
    return mapRow ? (rows as unknown[][]).map(mapRow) : rows
  } catch (error) {
    throw translateFailure(error)
  }
}

type Binder = (parameters: Record<string, unknown>) => unknown

/** Constants have been encoded while the query was built; only placeholders are left. */
function compileBinder(parameter: unknown): Binder {
  if (is(parameter, Placeholder)) {
    const name: string = parameter.name
    return (parameters) => valueOf(parameters, name)
  }
  if (is(parameter, Param) && is(parameter.value, Placeholder)) {
    const name: string = parameter.value.name
    const { encoder } = parameter
    return (parameters) => {
      const value = valueOf(parameters, name)
      return value === null ? null : (encoder.mapToDriverValue(value) as unknown)
    }
  }
  return () => parameter
}

function valueOf(parameters: Record<string, unknown>, name: string): unknown {
  const value = parameters[name]
  if (value === undefined) throw new TypeError(`the statement needs a value for «${name}»`)
  return value
}
