import type { LinkKind } from './public-links.ts'

/** Where a customer opens a document. The token stands behind the #, which no browser sends to a server or to another site. */
export function linkAddress(origin: string, kind: LinkKind, token: string): string {
  return `${origin}/public/${kind}#${token}`
}
