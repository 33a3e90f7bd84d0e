import { parseTarget, type Target } from '@tenantry/connections/target'
import { runCampaign } from '@tenantry/fleet/campaign'
import { claimCampaign } from '@tenantry/fleet/claim-campaign'
import { migrationsFolder } from '@tenantry/tenant-db/provision'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { compare } from '../figure.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import { spreadOf } from '../spread.ts'
import { openBenchFleet, openPlainDatabases, type BenchFleet } from './databases.ts'
import { processorTimeOf, type ProcessorTime } from './processor-time.ts'

/** Each round needs new databases for both, which takes longer than what is measured. */
const rounds = 3

/**
 * What the one before has dropped is some thousand files, and ext4 gives a removed file's place away only after five seconds;
 * until then it searches, at twice the cost of making a file, and whoever comes next would pay for that.
 */
const reuseMs = 6_000

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
      await sleep(reuseMs)
      const measured = await contenders[name]()
      if (round >= 0) times[name].push(measured)
    }
  }
  const named = { suite: 'fleet', unit: 's', against: "Drizzle's migrate() in a loop" }
  const of = (what: 'migrate' | 'check') =>
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
    notes: [floorOf(times, count)].filter((note) => note !== undefined),
  }
}

/** How low the ratio of migrating can be: both have the server run the same statements, and we have all cores do it. */
function floorOf({ ours, theirs }: Record<'ours' | 'theirs', Pair[]>, count: number): string | undefined {
  const [one, other] = [ours, theirs].map((pairs) => {
    const spent = pairs.flatMap(({ processor }) => processor ?? [])
    return {
      server: medianPer(spent.map(({ server }) => server)),
      client: medianPer(spent.map(({ client }) => client)),
    }
  })
  function medianPer(values: number[]) {
    return spreadOf(values).median / count
  }
  if (one === undefined || other === undefined || Number.isNaN(one.server + other.server)) return undefined
  const cores = availableParallelism()
  const floor = (one.server + one.client) / cores / (other.server + other.client)
  const text = ({ server, client }: ProcessorTime) => `${ms(server)} of the server's and ${ms(client)} of the program's`
  return `Migrating a database takes ${text(one)} processor time with us, ${text(other)} with Drizzle: the same statements. On ${cores} cores with nothing else to do the ratio can hardly be below ${floor.toFixed(2)}.`
}

function ms(seconds: number): string {
  return `${(seconds * 1000).toFixed(0)} ms`
}

/** Seconds. */
interface Pair {
  migrate: number
  check: number
  /** Of migrating. */
  processor: ProcessorTime | undefined
}

async function measureOurs(server: ServerAddress, count: number): Promise<Pair> {
  await using fleet = await openBenchFleet(server, count)
  const first = await accounted(fleet.admins[0], () => campaign(fleet, count, 'migrated'))
  await fleet.admit()
  return { ...first, check: await timed(() => campaign(fleet, count, 'upToDate')) }
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
  const first = await accounted(plain.admins[0], () => migrateLoop(plain.admins))
  return { ...first, check: await timed(() => migrateLoop(plain.admins)) }
}

async function migrateLoop(targets: readonly Target[]): Promise<void> {
  for (const { host, port, user, database, password } of targets) {
    const sql = postgres({ host, port, user, database, pass: password(), max: 1, onnotice: () => {} })
    await migrate(drizzle(sql), { migrationsFolder })
    await sql.end()
  }
}

async function accounted(admin: Target | undefined, work: () => Promise<void>) {
  let migrate = 0
  const measured = async () => {
    migrate = await timed(work)
  }
  if (admin === undefined) throw new Error('a fleet has databases')
  const processor = await processorTimeOf(admin, measured)
  return { migrate, processor }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
