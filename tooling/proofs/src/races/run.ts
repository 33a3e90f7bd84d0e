import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { raceForBookings } from './bookings.ts'
import { openDesk } from './desk.ts'
import { raceForLeads } from './lead-conversions.ts'
import type { Race, RaceFigures, Sizes } from './race.ts'

const races: Record<string, Race> = { leads: raceForLeads, bookings: raceForBookings }

/** Each race in a database of its own. */
export async function runRaces(
  server: ServerAddress,
  sizes: Sizes,
  say: (text: string) => void,
): Promise<RaceFigures[]> {
  const figures = []
  for (const [name, race] of Object.entries(races)) {
    say(`racing for ${name}`)
    await using desk = await openDesk(server, sizes.clients)
    figures.push(await race(desk, sizes))
  }
  return figures
}
