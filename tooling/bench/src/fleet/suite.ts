import { parseTarget, type Target } from '@tenantry/connections/target'
import { runCampaign } from '@tenantry/fleet/campaign'
import { claimCampaign } from '@tenantry/fleet/claim-campaign'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { compare } from '../figure.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import { spreadOf } from '../spread.ts'
import { openFleetBehind, openPlainBehind } from './behind.ts'
import { openBenchFleet, openPlainDatabases, type BenchFleet } from './databases.ts'
import { drizzleLoop } from './drizzle-loop.ts'
import { processorTimeOf, type ProcessorTime } from './processor-time.ts'

/** Each round needs new databases for both, which takes longer than what is measured. */
const rounds = 3

/**
 * What the one before has dropped is some thousand files, and ext4 gives a removed file's place away only after five seconds;
 * until then it searches, at twice the cost of making a file, and whoever comes next would pay for that.
 */
const reuseMs = 6_000

/** How many migrations a fleet lacks that missed no release, and one that missed some. */
const usual = [1, 3]

/**
 * A campaign over the fleet, with its journal, locks, hashes, proof of identity and fingerprints, beside what people do:
 * Drizzle's `migrate()` for one database after the other. From empty databases to the newest migration, and then once more,
 * when there is nothing to do; and from databases that serve companies and lack the newest migrations.
 */
export async function measureFleet({ world, count, onProgress }: SuiteInput): Promise<SuiteResult> {
  const { user = '', password = '', host, port } = parseTarget(world.rawDatabaseUrl)
  const server = { host, port, user, password }
  const inTurns = async <Measured>(what: string, contenders: Contenders<Measured>) => {
    const measured = { ours: [] as Measured[], theirs: [] as Measured[] }
    // One round goes before, with few databases, so that code and caches are warm.
    for (let round = -1; round < rounds; round++) {
      onProgress(`Fleet of ${count}, ${what}, round ${round + 1} of ${rounds}`)
      const size = round < 0 ? Math.min(count, 5) : count
      for (const name of round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)) {
        await sleep(reuseMs)
        const one = await contenders[name](size)
        if (round >= 0) measured[name].push(one)
      }
    }
    return measured
  }
  const named = { suite: 'fleet', unit: 's', against: "Drizzle's migrate() in a loop" }
  const empty = await inTurns('empty', {
    ours: (size) => measureOurs(server, size),
    theirs: (size) => measureTheirs(server, size),
  })
  const of = (what: 'migrate' | 'check') =>
    [empty.ours.map((pair) => pair[what]), empty.theirs.map((pair) => pair[what])] as const
  const goal = { kind: 'at most', value: 0.25 } as const
  const figures = [
    compare({ ...named, name: `migrate ${count} databases`, goal }, ...of('migrate')),
    compare({ ...named, name: `check ${count}, nothing to do`, goal: { kind: 'at most', value: 0.5 } }, ...of('check')),
  ]
  for (const behind of usual) {
    const { ours, theirs } = await inTurns(`${behind} behind`, {
      ours: (size) => measureOursBehind(server, { count: size, behind }),
      theirs: (size) => measureTheirsBehind(server, { count: size, behind }),
    })
    const lack = behind === 1 ? 'the newest migration' : `the newest ${behind}`
    figures.push(compare({ ...named, name: `migrate ${count} that lack ${lack}` }, ours, theirs))
  }
  return { figures, notes: [floorOf(empty, count)].filter((note) => note !== undefined) }
}

type Contenders<Measured> = Record<'ours' | 'theirs', (count: number) => Promise<Measured>>

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
  const first = await accounted(plain.admins[0], () => drizzleLoop(plain.admins))
  return { ...first, check: await timed(() => drizzleLoop(plain.admins)) }
}

async function measureOursBehind(server: ServerAddress, lacking: { count: number; behind: number }): Promise<number> {
  await using fleet = await openFleetBehind(server, lacking)
  return await timed(() => campaign(fleet, lacking.count, 'migrated'))
}

async function measureTheirsBehind(server: ServerAddress, lacking: { count: number; behind: number }): Promise<number> {
  await using plain = await openPlainBehind(server, lacking)
  return await timed(() => drizzleLoop(plain.admins))
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
