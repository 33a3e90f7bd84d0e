import { headers } from 'next/headers'
import { cache } from 'react'
import { sharedRuntime } from '../server/shared-runtime.ts'

/**
 * Calls procedures in this process, as the person whose cookie came with the request. One per render: its calls read the
 * session once. Nothing is decided here; every procedure refuses by itself.
 */
export const serverCaller = cache(async () => {
  const cookieHeader = (await headers()).get('cookie') ?? undefined
  return sharedRuntime().callerFor({ cookieHeader })
})

/** Who asks, and where; asked once per render. */
export const sessionOfRequest = cache(async () => (await serverCaller()).session.view())
