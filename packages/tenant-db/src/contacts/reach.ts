import type { Contact, ContactAccountInput, ContactPointInput } from '@tenantry/contracts/contacts'
import { TenantryError } from '@tenantry/errors'

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

/** Throws RULE_VIOLATED when the list of a field names one thing twice, which the table could not hold. */
export function assertOnce(keys: readonly string[], { field, message }: { field: string; message: string }): void {
  if (new Set(keys).size < keys.length) throw new TenantryError('RULE_VIOLATED', { message, data: { field } })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
