import { callTRPCProcedure, type TRPCError } from '@trpc/server'
import { tenantryErrorOf } from '../errors/wire-error.ts'
import type { Context } from '../procedures/context.ts'
import { appRouter } from '../router.ts'

export interface ProcedureCall {
  /** `accounts.list`. */
  path: string
  type: 'query' | 'mutation'
  input: unknown
}

/** One procedure with an input that is there already. Throws what it refuses with, as a TenantryError. */
export async function callProcedure({ path, type, input }: ProcedureCall, ctx: Context): Promise<unknown> {
  const getRawInput = () => Promise.resolve(input)
  try {
    return await callTRPCProcedure({
      router: appRouter,
      path,
      type,
      ctx,
      getRawInput,
      signal: undefined,
      batchIndex: 0,
    })
  } catch (error) {
    throw tenantryErrorOf(error as TRPCError)
  }
}
