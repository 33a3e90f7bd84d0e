import type { AnyTRPCRouter } from '@trpc/server'
import type { z } from 'zod'
import type { Meta, ProcedurePermission } from './permissions.ts'

export interface IndexedProcedure {
  type: 'query' | 'mutation'
  permission: ProcedurePermission
  /** A migration of the tenant database. */
  requires?: string
  input?: z.ZodType
  output: z.ZodType
}

/** Every procedure of a router by its path. Throws for one that asks for no permission or says no answer: such a router must not serve. */
export function indexProcedures(router: AnyTRPCRouter): ReadonlyMap<string, IndexedProcedure> {
  const index = new Map<string, IndexedProcedure>()
  for (const [path, procedure] of Object.entries(router._def.procedures as Record<string, BuiltProcedure>)) {
    const { type, meta } = procedure._def
    if (meta?.permission === undefined) throw new Error(`The procedure ${path} asks for no permission.`)
    if (type === 'subscription')
      throw new Error(`The procedure ${path} is a subscription, which the handler does not serve.`)
    if (meta.output === undefined)
      throw new Error(
        `The procedure ${path} does not say what it answers with: give it .output(schema), or .output(z.void()).`,
      )
    index.set(path, { ...meta, type, permission: meta.permission, output: meta.output })
  }
  return index
}

interface BuiltProcedure {
  _def: { type: 'query' | 'mutation' | 'subscription'; meta?: Partial<Meta> }
}
