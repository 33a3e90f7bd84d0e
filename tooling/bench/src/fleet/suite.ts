import { parseTarget, type Target } from '@tenantry/connections/target'
import { runCampaign } from '@tenantry/fleet/campaign'
import { claimCampaign } from '@tenantry/fleet/claim-campaign'
import { migrationsFolder } from '@tenantry/tenant-db/provision'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { compare } from '../figure.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import { openBenchFleet, openPlainDatabases, type BenchFleet } from './databases.ts'

/** Each round needs new databases for both, which takes longer than what is measured. */
const rounds = 3

/**
 * A campaign over the fleet, with its journal, locks, hashes, proof of identity and fingerprints, beside what people do:
 * Drizzle's `migrate()` for one database after the other. From empty databases to the newest migration, and then once more,
 * when there is nothing to do.
 */
export async function measureFleet({ world, count, onProgress }: SuiteInput): Promise<SuiteResult> {
  const { user = '', password = '', host, port } = parseTarget(world.rawDatabaseUrl)
  const server = { host, port, user, password }
  const times = { ours: [] as Pair[], theirs: [] as Pair[] }
  // One round goes before, with few databases, so that code and caches are warm.
  for (let round = -1; round < rounds; round++) {
    onProgress(`Fleet of ${count}, round ${round + 1} of ${rounds}`)
    const size = round < 0 ? Math.min(count, 5) : count
    const contenders = { ours: () => measureOurs(server, size), theirs: () => measureTheirs(server, size) }
    for (const name of round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)) {
      const measured = await contenders[name]()
      if (round >= 0) times[name].push(measured)
    }
  }
  const named = { suite: 'fleet', unit: 's', against: "Drizzle's migrate() in a loop" }
  const of = (what: keyof Pair) =>
    [times.ours.map((pair) => pair[what]), times.theirs.map((pair) => pair[what])] as const
  return {
    figures: [
      compare(
        { ...named, name: `migrate ${count} databases`, goal: { kind: 'at most', value: 0.25 } },
        ...of('migrate'),
      ),
      compare(
        { ...named, name: `check ${count}, nothing to do`, goal: { kind: 'at most', value: 0.5 } },
        ...of('check'),
      ),
    ],
    notes: [],
  }
}

/** Seconds. */
interface Pair {
  migrate: number
  check: number
}

async function measureOurs(server: ServerAddress, count: number): Promise<Pair> {
  await using fleet = await openBenchFleet(server, count)
  const first = await timed(() => campaign(fleet, count, 'migrated'))
  await fleet.admit()
  return { migrate: first, check: await timed(() => campaign(fleet, count, 'upToDate')) }
}

/** Fails when it did not do what is measured. */
async function campaign({ app, keyring }: BenchFleet, count: number, expected: 'migrated' | 'upToDate'): Promise<void> {
  await using run = await claimCampaign(app.runs, { only: [], canary: [], operatorName: 'bench' })
  const report = await runCampaign({ run, tenants: await app.serviceAccess.tenants(), keyring, perServer: 8 })
  await run.finish('done')
  if (report[expected] !== count) throw new Error(`${report[expected]} of ${count} databases are ${expected}`)
}

async function measureTheirs(server: ServerAddress, count: number): Promise<Pair> {
  await using plain = await openPlainDatabases(server, count)
  return { migrate: await timed(() => migrateLoop(plain.admins)), check: await timed(() => migrateLoop(plain.admins)) }
}

async function migrateLoop(targets: readonly Target[]): Promise<void> {
  for (const { host, port, user, database, password } of targets) {
    const sql = postgres({ host, port, user, database, pass: password(), max: 1, onnotice: () => {} })
    await migrate(drizzle(sql), { migrationsFolder })
    await sql.end()
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
