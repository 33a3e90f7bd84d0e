import { startServer } from '@tenantry/local-postgres'
import { Command } from 'commander'
import type { Sizes } from './race.ts'
import { runRaces } from './run.ts'
import { atLeastOne, say } from '../terminal.ts'

/** `pnpm races`: exit code 1 when rows say something that the rules forbid, or a call failed without a code. */
const options = new Command('races')
  .description('Lets many clients want the same at the same time, and counts afterwards what is stored.')
  .option('--clients <number>', 'clients, each with a connection of its own', atLeastOne, 16)
  .option('--leads <number>', 'leads that every client converts', atLeastOne, 60)
  .option('--bookings <number>', 'dates for which one resource is booked', atLeastOne, 160)
  .option('--payments <number>', 'payments that each client sends', atLeastOne, 2000)
  .option(
    '--numbers <number>',
    'quotes that all clients make together, every fifth of which fails after it took its number',
    atLeastOne,
    2500,
  )
  .option('--opportunities <number>', 'opportunities whose quotes every client accepts', atLeastOne, 20)
  .option('--histories <number>', 'random histories of invoices and payments', atLeastOne, 100)
  .option('--json', 'print one object with the figures')
  .addHelpText(
    'after',
    '\nExamples:\n  pnpm races\n  pnpm races --clients 8 --payments 50 --numbers 200 --histories 10\n  pnpm races --json',
  )
  .parse()
  .opts<Sizes & { json?: true }>()

const { json, ...sizes } = options
say('Starting a server')
await using server = await startServer({ ephemeral: true })
const { host, port, superuser, password } = server
const races = await runRaces({ host, port, user: superuser, password }, sizes, say)
say('')
const violations = races.flatMap((race) => race.violations)
if (json) console.log(JSON.stringify({ ok: violations.length === 0, sizes, races }))
else {
  for (const { race, clients, attempts, succeeded, refused, counted } of races)
    console.log(
      `${race}: ${clients} clients, ${attempts} attempts, ${succeeded} succeeded, refused ${words(refused)}; stored ${words(counted)}`,
    )
  console.log(violations.length === 0 ? '\nEverybody got what is theirs, once.' : `\n${violations.join('\n')}`)
}
process.exitCode = violations.length === 0 ? 0 : 1

function words(counts: Record<string, number>): string {
  const entries = Object.entries(counts).map(([name, count]) => `${count} ${name}`)
  return entries.length === 0 ? 'none' : entries.join(', ')
}
