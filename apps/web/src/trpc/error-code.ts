import { isErrorCode, type ErrorCode } from '@tenantry/errors/codes'

/** The code of an answer of the API; undefined when the request did not reach it. */
export function codeOf(error: unknown): ErrorCode | undefined {
  const code = dataOf(error)?.code
  return isErrorCode(code) ? code : undefined
}

/** The number a person can quote when asking for help. */
export function requestIdOf(error: unknown): string | undefined {
  const id = dataOf(error)?.requestId
  return typeof id === 'string' ? id : undefined
}

/** True while the tenant's database is away: the page shows a banner and stays usable. */
export function isDatabaseAway(error: unknown): boolean {
  const code = codeOf(error)
  return code !== undefined && (code.startsWith('TENANT_DATABASE_') || code === 'TENANT_SCHEMA_BEHIND')
}

function dataOf(error: unknown): { code?: unknown; requestId?: unknown } | undefined {
  if (typeof error !== 'object' || error === null || !('data' in error)) return undefined
  return typeof error.data === 'object' && error.data !== null ? error.data : undefined
}
