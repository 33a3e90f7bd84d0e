import { isTenantryError, TenantryError } from '@tenantry/errors'
import type { ErrorCode } from '@tenantry/errors/codes'
import { PostgresError } from './driver.ts'
import { DeadlinePassed, LinkLost, Refused, StalePlan } from './link-failures.ts'

interface ServerError {
  code: string
  message: string
  /** The server's function that complained. */
  routine?: string
  constraint_name?: string
  table_name?: string
  schema_name?: string
  column_name?: string
}

/**
 * What went wrong with a statement, as a TenantryError. Nothing of the SQL, its values or the server's own sentences
 * gets in, except the names in «relation x does not exist» and its like, and never a `cause`, since the driver's errors
 * carry the statement and its parameters.
 */
export function translateFailure(error: unknown): TenantryError {
  if (isTenantryError(error)) return error
  if (error instanceof LinkLost) return translateLoss(error)
  if (error instanceof PostgresError) return translateServerError(error as ServerError)
  if (error instanceof TypeError || error instanceof RangeError) {
    return new TenantryError('INTERNAL', { detail: { reason: error.message } })
  }
  return new TenantryError('DATABASE_ERROR', { detail: { reason: 'unexpected failure of the driver' } })
}

/** The same for opening a connection. `detail.reason` is `timeout`, `login`, `database`, `full` or a word of the system. */
export function translateConnectFailure(error: unknown): TenantryError {
  if (isTenantryError(error)) return error
  if (error instanceof DeadlinePassed) return new TenantryError('CONNECTION_REFUSED', { detail: { reason: 'timeout' } })
  if (error instanceof PostgresError) {
    const sqlstate = (error as ServerError).code
    return new TenantryError('CONNECTION_REFUSED', { detail: { reason: refusalOf(sqlstate), sqlstate } })
  }
  const reason = error instanceof LinkLost ? error.message : 'unexpected failure of the driver'
  const sqlstate = error instanceof LinkLost ? error.sqlstate : undefined
  return new TenantryError('CONNECTION_REFUSED', { detail: { reason, ...(sqlstate !== undefined && { sqlstate }) } })
}

function translateLoss(error: LinkLost): TenantryError {
  if (error instanceof DeadlinePassed) {
    return new TenantryError('STATEMENT_TIMEOUT', { detail: { reason: error.message } })
  }
  if (error instanceof Refused) return new TenantryError('DATABASE_ERROR', { detail: { reason: error.message } })
  return new TenantryError('CONNECTION_LOST', {
    detail: { reason: error.message, ...(error.sqlstate !== undefined && { sqlstate: error.sqlstate }) },
    ...(error instanceof StalePlan && { retryAfterSeconds: 0 }),
  })
}

function translateServerError(error: ServerError): TenantryError {
  const about = isAboutNames(error.code) ? error.message : undefined
  const facts = {
    sqlstate: error.code,
    constraint: error.constraint_name,
    table: error.table_name,
    schema: error.schema_name,
    column: error.column_name,
    about,
  }
  const detail = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
  return new TenantryError(isRowRefused(error) ? 'FORBIDDEN' : codeOf(error.code), { detail })
}

/** A row that a policy does not let its writer write. It has the SQLSTATE of a right that is missing, which is a fault of ours. */
function isRowRefused({ code, routine }: ServerError): boolean {
  return code === '42501' && routine === 'ExecWithCheckOptions'
}

function codeOf(sqlstate: string): ErrorCode {
  switch (sqlstate) {
    case '23505': // unique_violation
    case '23P01': // exclusion_violation
      return 'CONFLICT'
    case '25P02': // in_failed_sql_transaction
    case '40001': // serialization_failure
    case '40P01': // deadlock_detected
    case '55P03': // lock_not_available
      return 'TRANSACTION_ROLLED_BACK'
    case '57014': // query_canceled, by statement_timeout
      return 'STATEMENT_TIMEOUT'
    default:
      // 22: data exceptions; 23: not null, foreign key, check
      return /^(22|23)/.test(sqlstate) ? 'RULE_VIOLATED' : 'DATABASE_ERROR'
  }
}

/** Undefined table, column, function, schema, type; missing privilege. Their sentences hold names and nothing else. */
function isAboutNames(sqlstate: string): boolean {
  return /^(42P01|42703|42883|42704|42501|3F000|25006)$/.test(sqlstate)
}

function refusalOf(sqlstate: string): string {
  if (sqlstate.startsWith('28')) return 'login'
  if (sqlstate === '3D000' || sqlstate === '42501') return 'database'
  return sqlstate === '53300' ? 'full' : 'server'
}
