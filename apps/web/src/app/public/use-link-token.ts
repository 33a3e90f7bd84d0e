import { LinkToken } from '@tenantry/contracts/public-links'
import { useSyncExternalStore } from 'react'

/**
 * The token behind the # of the address, which no browser sends: undefined while the page is made on the server, null where
 * there is none. Another link in the same tab is only another hash.
 */
export function useLinkToken(): string | null | undefined {
  const hash = useSyncExternalStore(listen, inBrowser, onServer)
  return hash === undefined ? undefined : (LinkToken.safeParse(hash).data ?? null)
}

function listen(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

function inBrowser(): string {
  return location.hash.slice(1)
}

function onServer(): undefined {
  return undefined
}
