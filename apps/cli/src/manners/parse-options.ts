import { TenantryError } from '@tenantry/errors'
import type { z } from 'zod'

/** Reads what was typed with the contract that forms and procedures use. Throws BAD_INPUT, which names the field. */
export function parseOptions<T extends z.ZodType>(contract: T, typed: unknown): z.output<T> {
  const parsed = contract.safeParse(typed)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new TenantryError('BAD_INPUT', { message: issues.join('\n') })
}
