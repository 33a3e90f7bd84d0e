import type { Contact, ContactAccountInput, ContactPointInput } from '@tenantry/contracts/contacts'

/** A point as inputs and history write it. */
export interface Point {
  kind: 'email' | 'phone'
  value: string
  label: string | null
  isPrimary: boolean
}

/** A link to an account as inputs and history write it. */
export interface AccountLink {
  accountId: string
  role: string | null
  isPrimary: boolean
}

/** The points of an input or of a stored contact in one order and one form, so that the same points are equal. */
export function pointsOf(points: readonly ContactPointInput[] | Contact['points']): Point[] {
  return points
    .map(({ kind, value, label, isPrimary }) => ({ kind, value, label: label ?? null, isPrimary }))
    .sort((a, b) => compare(a.kind, b.kind) || compare(normalise(a), normalise(b)))
}

/** The same for the companies of a contact. */
export function linksOf(links: readonly ContactAccountInput[] | Contact['accounts']): AccountLink[] {
  return links
    .map(({ accountId, role, isPrimary }) => ({ accountId, role: role ?? null, isPrimary }))
    .sort((a, b) => compare(a.accountId, b.accountId))
}

/** What two spellings of one address have in common. Telephone numbers come in the international form already. */
export function normalise({ kind, value }: Pick<Point, 'kind' | 'value'>): string {
  return kind === 'email' ? value.trim().toLowerCase() : value
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
