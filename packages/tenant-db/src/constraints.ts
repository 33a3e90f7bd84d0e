import { getTableColumns, getTableName, sql, type SQL } from 'drizzle-orm'
import { check, foreignKey, type CheckBuilder, type ForeignKeyBuilder, type PgColumn } from 'drizzle-orm/pg-core'

/**
 * A foreign key that carries the tenant, so that not even a superuser can link rows of two tenants. With `set null` the
 * migration must name the column (`on delete set null (owner_id)`), which Drizzle cannot: a test finds where it does not.
 */
export function sameTenant(from: PgColumn, to: PgColumn): ForeignKeyBuilder {
  const name = `${getTableName(from.table)}_${from.name.replace(/_id$/, '')}_fk`
  return foreignKey({ name, columns: [tenantIdOf(from), from], foreignColumns: [tenantIdOf(to), to] })
}

/** A closed set of words. `options` usually comes from the contract, so form, router and table agree. */
export function oneOf(column: PgColumn, options: readonly string[]): CheckBuilder {
  return columnCheck(column, sql.raw(`${column.name} in (${options.map((option) => `'${option}'`).join(', ')})`))
}

export function notBlank(column: PgColumn): CheckBuilder {
  return columnCheck(column, sql.raw(`btrim(${column.name}) <> ''`))
}

export function isCurrency(column: PgColumn): CheckBuilder {
  return columnCheck(column, sql.raw(`${column.name} ~ '^[A-Z]{3}$'`))
}

export function isCountry(column: PgColumn): CheckBuilder {
  return columnCheck(column, sql.raw(`${column.name} ~ '^[A-Z]{2}$'`))
}

/** The shape of an IANA zone name; Postgres itself refuses an unknown zone where an instant is computed from it. */
export function isTimeZone(column: PgColumn): CheckBuilder {
  return columnCheck(column, sql.raw(`${column.name} ~ '^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$'`))
}

export function isPhone(column: PgColumn): CheckBuilder {
  return columnCheck(column, sql.raw(`${column.name} ~ '^\\+[1-9][0-9]{6,14}$'`))
}

export function isPercent(column: PgColumn): CheckBuilder {
  return inRange(column, 0, 100)
}

/** A rate in parts per million: 8.875 % is 88750. */
export function isRate(column: PgColumn): CheckBuilder {
  return inRange(column, 0, 1_000_000)
}

/** Minor units stay below 2^53, where a JSON number is still exact. */
export function isMoney(column: PgColumn, minimum: 'any' | 'zero' | 'positive' = 'any'): CheckBuilder {
  const least = { any: -Number.MAX_SAFE_INTEGER, zero: 0, positive: 1 }[minimum]
  return inRange(column, least, Number.MAX_SAFE_INTEGER)
}

export function inRange(column: PgColumn, least: number, most: number): CheckBuilder {
  return columnCheck(column, sql.raw(`${column.name} between ${least} and ${most}`))
}

function columnCheck(column: PgColumn, condition: SQL): CheckBuilder {
  return check(`${getTableName(column.table)}_${column.name}_check`, condition)
}

function tenantIdOf(column: PgColumn): PgColumn {
  const tenantId: unknown = getTableColumns(column.table)['tenantId']
  // Every table made with `tenantKey()` has it; a key to any other table is a mistake in the schema.
  if (tenantId === undefined) throw new TypeError(`${getTableName(column.table)} has no tenant column`)
  return tenantId as PgColumn
}
