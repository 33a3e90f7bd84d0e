import { isTenantryError, TenantryError } from '@tenantry/errors'
import { asApplicationFailure } from '@tenantry/errors/application-database'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'

/**
 * Turns whatever a procedure threw into the error the caller may see. A refused input becomes BAD_INPUT with the messages
 * of each field; an unknown failure becomes INTERNAL and keeps its cause for the log only.
 */
export function translateError(thrown: unknown): TenantryError {
  const error = unwrap(thrown)
  // Data sources translate the connection failures of tenant databases; one that arrives untranslated is the other plane's.
  const named = asApplicationFailure(error)
  if (isTenantryError(named)) return named
  if (error instanceof z.ZodError) return new TenantryError('BAD_INPUT', { data: { fields: messagesByField(error) } })
  if (error instanceof TRPCError && error.code === 'NOT_FOUND')
    return new TenantryError('PROCEDURE_NOT_FOUND', { cause: error })
  return new TenantryError('INTERNAL', { cause: error })
}

/** tRPC wraps what a resolver threw; the original is what other packages understand. */
export function unwrap(thrown: unknown): unknown {
  return thrown instanceof TRPCError && thrown.cause !== undefined ? thrown.cause : thrown
}

/** Messages by dotted path (`patch.billingCity`, `points.0.value`); `''` holds what concerns the input as a whole. */
function messagesByField(error: z.ZodError): Record<string, string[]> {
  const fields: Record<string, string[]> = {}
  for (const issue of error.issues) (fields[issue.path.join('.')] ??= []).push(issue.message)
  return fields
}
