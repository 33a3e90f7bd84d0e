import { isTenantryError, TenantryError } from '@tenantry/errors'
import type { ErrorCode } from '@tenantry/errors/codes'
import type { UnitRow } from './journal.ts'
import type { Detail, Run } from './run.ts'

/** Does a unit that was begun, unless it is done, and notes a failure down. */
export async function attempt<T extends Detail>(
  run: Run,
  begun: UnitRow,
  work: (begun: UnitRow) => Promise<T>,
): Promise<T> {
  // What `work` of the same key returned before; JSON kept it.
  if (begun.status === 'done') return begun.detail as T
  try {
    return await work(begun)
  } catch (error) {
    if (!isTenantryError(error, 'RUN_TAKEN_OVER')) await run.failed(begun.key, failureOf(error))
    throw error
  }
}

/** Code and public sentence: what a journal may keep of any failure. */
export function failureOf(error: unknown): { code: ErrorCode; detail: Detail } {
  const known = isTenantryError(error) ? error : new TenantryError('INTERNAL')
  const sqlstate = known.detail?.['sqlstate']
  return { code: known.code, detail: { message: known.message, ...(typeof sqlstate === 'string' && { sqlstate }) } }
}
