import { isTenantryError } from '@tenantry/errors'
import type { ErrorCode } from '@tenantry/errors/codes'

/** Why something could not be done to a database: codes, names and sentences, never a value. */
export type FleetFailure = {
  code: ErrorCode
  message: string
  sqlstate: string | null
  /** Of a failed migration. */
  migration: string | null
  /** `statement 3 of 7: alter table crm.accounts`. */
  statement: string | null
  /** What differs between what was applied and the folder. */
  diff: string | null
}

export function fleetFailureOf(error: unknown): FleetFailure {
  if (!isTenantryError(error)) {
    return { code: 'INTERNAL', message: 'Something went wrong on our side.', ...nothing }
  }
  const { sqlstate, tag, statement, diff, about, reason } = (error.detail ?? {}) as Record<string, unknown>
  const why = [about, reason].find((one) => typeof one === 'string')
  return {
    code: codeOf(error.code),
    message: why === undefined ? error.message : `${error.message} (${why})`,
    sqlstate: textOf(sqlstate),
    migration: textOf(tag),
    statement: statementText(statement),
    diff: textOf(diff),
  }
}

/** Databases that are away count as one cause, whether they refuse, hang or break off. */
export function isUnreachable({ code }: FleetFailure): boolean {
  return code === 'TENANT_DATABASE_UNREACHABLE' || code === 'TENANT_DATABASE_TIMEOUT'
}

const nothing = { sqlstate: null, migration: null, statement: null, diff: null }

function codeOf(code: ErrorCode): ErrorCode {
  if (code === 'CONNECTION_REFUSED' || code === 'CONNECTION_LOST') return 'TENANT_DATABASE_UNREACHABLE'
  return code === 'STATEMENT_TIMEOUT' ? 'TENANT_DATABASE_TIMEOUT' : code
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function statementText(statement: unknown): string | null {
  if (typeof statement !== 'object' || statement === null) return null
  const { number, of, begins } = statement as Record<string, unknown>
  return `statement ${Number(number)} of ${Number(of)}: ${String(begins)}`
}
