import type {
  Contact,
  ContactAccountInput,
  ContactPointInput,
  FormerAccountInput,
  SilencedPoint,
} from '@tenantry/contracts/contacts'

/** A point as inputs and history write it. */
export interface Point {
  kind: 'email' | 'phone'
  value: string
  label: string | null
  isPrimary: boolean
}

/** A link to an account as inputs and history write it. Without a day it says nothing of one, as lines of history do that are older than days. */
export interface AccountLink {
  accountId: string
  role: string | null
  isPrimary: boolean
  startedOn?: string
}

/** A link that has ended. */
export interface FormerLink {
  accountId: string
  role: string | null
  startedOn: string | null
  endedOn: string
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
    .map(({ accountId, role, isPrimary, startedOn }) => ({
      accountId,
      role: role ?? null,
      isPrimary,
      ...(startedOn != null && { startedOn }),
    }))
    .sort((a, b) => compare(a.accountId, b.accountId))
}

/** The same for those it has left. */
export function formerLinksOf(links: readonly FormerAccountInput[] | Contact['formerAccounts']): FormerLink[] {
  return links
    .map(({ accountId, role, startedOn, endedOn }) => ({
      accountId,
      role: role ?? null,
      startedOn: startedOn ?? null,
      endedOn,
    }))
    .sort((a, b) => compare(formerKey(a), formerKey(b)))
}

export function formerKey({ accountId, role, startedOn, endedOn }: FormerLink): string {
  return [endedOn, startedOn, accountId, role].join(' ')
}

/** The points to which nothing is sent, in one order and the spelling in which they are compared. */
export function silencedOf(given: readonly SilencedPoint[]): SilencedPoint[] {
  return given
    .map(({ kind, value, reason }) => ({ kind, value: normalise({ kind, value }), reason }))
    .sort((a, b) => compare(silenceKey(a), silenceKey(b)))
}

/** Of a stored contact. */
export function silencedAmong(points: Contact['points']): SilencedPoint[] {
  return silencedOf(
    points.flatMap(({ kind, value, optedOutAt, bouncedAt }) => [
      ...(optedOutAt === null ? [] : [{ kind, value, reason: 'opted_out' as const }]),
      ...(bouncedAt === null ? [] : [{ kind, value, reason: 'bounced' as const }]),
    ]),
  )
}

export function silenceKey({ reason, ...point }: SilencedPoint): string {
  return `${pointKey(point)} ${reason}`
}

export function pointKey(point: Pick<Point, 'kind' | 'value'>): string {
  return `${point.kind} ${normalise(point)}`
}

/** What two spellings of one address have in common. Telephone numbers come in the international form already. */
export function normalise({ kind, value }: Pick<Point, 'kind' | 'value'>): string {
  return kind === 'email' ? value.trim().toLowerCase() : value
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
