'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import type { AppRouter } from '@tenantry/api/router'
import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { useState, type ReactNode } from 'react'
import { makeQueryClient } from './query-client.ts'
import { renderedTenant } from './rendered-tenant.ts'
import { written } from './written.ts'

const url = '/api/trpc'

const context = createTRPCContext<AppRouter>()
export const useTRPC = context.useTRPC
/** Calls past the cache. */
export const useTRPCClient = context.useTRPCClient

export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient)
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        splitLink({
          // What takes a public link is posted, each call by itself: no address holds a token.
          condition: ({ path }) => path.startsWith('public.'),
          true: httpLink({ url, methodOverride: 'POST', headers: written.header, fetch: written.fetch }),
          false: httpBatchLink({
            url,
            maxItems: 10,
            headers: () => ({ ...renderedTenant.header(), ...written.header() }),
            fetch: written.fetch,
          }),
        }),
      ],
    }),
  )
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  )
}
