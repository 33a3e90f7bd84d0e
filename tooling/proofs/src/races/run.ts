import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { raceForAcceptances } from './acceptances.ts'
import { raceForBookings } from './bookings.ts'
import { openDesk } from './desk.ts'
import { historiesOfPayments } from './histories.ts'
import { raceForLeads } from './lead-conversions.ts'
import { raceForNumbers } from './numbers.ts'
import { raceForPayments } from './payments.ts'
import type { Race, RaceFigures, Sizes } from './race.ts'

const races: Record<string, Race> = {
  leads: raceForLeads,
  bookings: raceForBookings,
  numbers: raceForNumbers,
  payments: raceForPayments,
  acceptances: raceForAcceptances,
  histories: historiesOfPayments,
}

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
