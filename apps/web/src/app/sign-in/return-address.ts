const anywhere = 'http://tenantry.invalid'

/** Where to go after signing in: a page of ours, or the accounts. An address of another site would make us its accomplice. */
export function returnAddress(from: unknown): string {
  const fallback = '/accounts'
  if (typeof from !== 'string' || !from.startsWith('/') || !URL.canParse(from, anywhere)) return fallback
  const { origin, pathname, search } = new URL(from, anywhere)
  return origin === anywhere && pathname !== '/sign-in' ? pathname + search : fallback
}
