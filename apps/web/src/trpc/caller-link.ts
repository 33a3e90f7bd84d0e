import type { Caller } from '@tenantry/api/runtime'
import type { AppRouter } from '@tenantry/api/router'
import { TRPCClientError, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'

/** Ends a chain of links at the router in this process: no HTTP hop, no second copy of the router in Next's bundle. */
export function callerLink(caller: () => Promise<Caller>): TRPCLink<AppRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        caller()
          .then((call) => procedureAt(call, op.path)(op.input))
          .then(
            (data) => {
              observer.next({ result: { data } })
              observer.complete()
            },
            (cause: unknown) =>
              observer.error(TRPCClientError.from(cause instanceof Error ? cause : new Error('unknown'))),
          )
      })
}

type Procedure = (input: unknown) => Promise<unknown>

/** The path was written by the typed proxy over the same router, so it leads to a procedure. */
function procedureAt(caller: Caller, path: string): Procedure {
  let found: unknown = caller
  for (const name of path.split('.')) found = (found as Record<string, unknown>)[name]
  return found as Procedure
}
