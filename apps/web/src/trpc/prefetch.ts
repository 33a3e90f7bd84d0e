import { dehydrate, QueryClient, type DehydratedState } from '@tanstack/react-query'
import type { AppRouter } from '@tenantry/api/router'
import { createTRPCClient } from '@trpc/client'
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { setTimeout as sleep } from 'node:timers/promises'
import { callerLink } from './caller-link.ts'
import { serverCaller } from './server-caller.ts'

/** Names what a page will ask for first: `(api, cache) => [cache.query(api.accounts.count.queryOptions({}))]`. */
export type Ask = (api: TRPCOptionsProxy<AppRouter>, cache: QueryClient) => Promise<unknown>[]

/** A page waits this long for its data; then the browser asks and shows what became of it, so that a tenant's dead database costs no page. */
const patienceMs = 1500

/** What was answered in time, for a `HydrationBoundary`. Never rejects: what failed is asked again by the browser, which shows why. */
export async function prefetch(ask: Ask): Promise<DehydratedState> {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const client = createTRPCClient<AppRouter>({ links: [callerLink(serverCaller)] })
  const answers = ask(createTRPCOptionsProxy<AppRouter>({ client, queryClient }), queryClient)
  await Promise.race([Promise.allSettled(answers), sleep(patienceMs, undefined, { ref: false })])
  return dehydrate(queryClient)
}
