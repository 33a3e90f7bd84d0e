import { StaleWrite } from '@tenantry/contracts/record'
import { codeOf } from '../../trpc/error-code.ts'

/** What somebody else changed, when that is why a save was refused. */
export function staleWriteOf(error: unknown): StaleWrite | undefined {
  if (codeOf(error) !== 'STALE_WRITE') return undefined
  // codeOf has found a code in `data`, so it is an object.
  const { data } = (error as { data: { data?: unknown } }).data
  return StaleWrite.safeParse(data).data
}
