import type { AdminRun } from '@tenantry/connections/admin'
import type { Ledger } from './finding.ts'
import { groupBy } from './group-by.ts'

interface Row extends Record<string, unknown> {
  about: string
  state: string
  rank: number | null
}

interface Place {
  resourceId: string
  state: string
  holdRank: number | null
}

interface Line extends Record<string, unknown> {
  record: string
  diff: { bookings?: { to: Place[] }; booking?: { to: Place }; blackout?: { to: unknown } }
}

/** What was held and booked of each resource for each date, told over again by the lines of history. */
export async function auditBookingLines(run: AdminRun, ledger: Ledger): Promise<void> {
  const rows = await run<Row>(`select concat_ws(' ', coalesce(event_date_id, resource_id), resource_id) as about, state,
    hold_rank as rank from crm.resource_bookings order by created_at, id`)
  const lines = await run<Line>(`select entity_id as record, diff from crm.record_changes
    where entity in ('event_date', 'resource') and diff ?| array['bookings', 'booking', 'blackout'] order by id`)
  const told = new Map<string, string[]>()
  const tell = (about: string, word: string, isNew: boolean) => {
    const before = told.get(about) ?? []
    told.set(about, [...(isNew ? before : before.slice(0, -1)), word])
  }
  for (const { record, diff } of lines) {
    for (const place of diff.bookings?.to ?? []) tell(`${record} ${place.resourceId}`, wordOf(place), true)
    if (diff.booking !== undefined) tell(`${record} ${diff.booking.to.resourceId}`, wordOf(diff.booking.to), false)
    if (diff.blackout !== undefined) tell(`${record} ${record}`, 'confirmed', true)
  }
  const stored = groupBy(rows, ({ about }) => about)
  for (const about of new Set([...stored.keys(), ...told.keys()])) {
    const words = stored.get(about)?.map(({ state, rank }) => wordOf({ state, holdRank: rank })) ?? []
    ledger.compare('lines of bookings', about, told.get(about) ?? [], words)
  }
}

function wordOf({ state, holdRank }: Pick<Place, 'state' | 'holdRank'>): string {
  return holdRank === null ? state : `${state} ${holdRank}`
}
