import type { RecordLink } from '@tenantry/contracts/record-links'
import type { Refusals } from '../records/refusal.ts'
import { targets } from './columns.ts'

/** Links in one order and one form, as inputs and history write them, so that the same links are equal. */
export function linksOf(links: readonly RecordLink[]): RecordLink[] {
  return links.map(({ entity, id }) => ({ entity, id })).sort((a, b) => compare(keyOf(a), keyOf(b)))
}

export function keyOf({ entity, id }: RecordLink): string {
  return `${entity} ${id}`
}

/** An input with its links in that form. */
export function withLinks<Input extends { links?: readonly RecordLink[] | undefined }>({ links, ...rest }: Input) {
  return { ...rest, ...(links && { links: linksOf(links) }) }
}

/** What it means when a link points at nothing. */
export const linkRefusals: Refusals = Object.fromEntries(
  Object.keys(targets).map((entity) => [
    `record_links_${entity}_fk`,
    { field: 'links', message: 'There is no such record.' },
  ]),
)

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
