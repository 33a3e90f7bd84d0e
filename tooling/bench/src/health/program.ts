import { openAppDb } from '@tenantry/app-db/open'
import { openAdminLink, withAdminConnection } from '@tenantry/connections/admin'
import { parseTarget, type Target } from '@tenantry/connections/target'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { open } from '@tenantry/credentials/seal'
import { openDataSources } from '@tenantry/data-sources'
import { openLogger } from '@tenantry/telemetry/logger'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { processorTimeOf, type ProcessorTime } from '../fleet/processor-time.ts'
import { addTenants } from '../memory/tenants.ts'
import { onProgress } from '../progress.ts'
import { readProgramInput } from '../program-input.ts'
import { interleave } from '../rounds.ts'
import { sendResult } from '../run-program.ts'
import { adminTargetOf, appTargetOf } from '../targets.ts'
import { openSharedDatabases } from '../tenants/shared-databases.ts'

export interface HealthCost {
  looks: number
  /** Looks, and connections of the loop beside them. */
  atOnce: number
  /** Milliseconds for all of them. */
  round: number[]
  loop: number[]
  /** As the server counts them. */
  mostOpen: number
  /** For one look. */
  transactions: { tenant: number; app: number }
  /** Milliseconds for one look; the server's include the application database's. */
  processor: ProcessorTime
  /** Heap and buffers, after all rounds beside after the first. */
  leftMb: number
  residentMb: number
}

/** Few enough that the databases are many. */
const tenantsPerDatabase = 10
/** Four in a process, half of them on the same server. */
const atOnce = 2

const { world, tenants = 500 } = readProgramInput()
const [admin, appTarget] = [adminTargetOf(world), appTargetOf(world)]
const appAdmin: Target = { ...admin, database: appTarget.database }
const keyring = parseKeyring(world.keys)
const logger = openLogger({ level: 'warn', destination: { write: (line) => void process.stderr.write(line) } })

await sendResult(async (): Promise<HealthCost> => {
  const admins = await openSharedDatabases(admin, tenants, tenantsPerDatabase)
  const app = openAppDb({ target: appTarget })
  await addTenants({ app, keyring, admins, count: tenants, prefix: 'looked', onProgress })
  await app.close()
  const targets = await readTargets()
  await lookAtAll(targets.length)
  const before = usedMb()
  const { round, loop } = await interleave({
    round: () => timed(() => lookAtAll(targets.length)),
    loop: () => timed(() => connectToAll(targets)),
  })
  const counted = await countOneRound(targets.length)
  return {
    looks: targets.length,
    atOnce,
    round,
    loop,
    ...counted,
    leftMb: usedMb() - before,
    residentMb: process.memoryUsage().rss / 1_000_000,
  }
})

/** As a process does that has just begun, with all of them due. */
async function lookAtAll(looks: number): Promise<void> {
  await withAdminConnection(appAdmin, (run) => run('update app.data_source_health set due_at = now()'))
  await using app = openAppDb({ target: appTarget })
  await using dataSources = openDataSources({
    appDb: app.db,
    keyring,
    logger,
    budget: { source: app.connectionShares, mostPerServer: 20 },
    // Longer than a round, so that each is looked at once.
    health: { rounds: app.healthRounds, everyMs: 3_600_000 },
  })
  for (;;) {
    const found = dataSources.statistics().healthChecks
    const { healthy = 0, ...others } = found
    if (Object.keys(others).length > 0) throw new Error(`not all databases are healthy: ${JSON.stringify(found)}`)
    if (healthy === looks) return
    await sleep(5)
  }
}

async function connectToAll(targets: readonly postgres.Options<Record<string, never>>[]): Promise<void> {
  const left = [...targets]
  const worker = async () => {
    for (let target = left.pop(); target !== undefined; target = left.pop()) {
      const sql = postgres(target)
      await sql`select 1`
      await sql.end()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** Every data source with its password, as the plain driver wants them. */
async function readTargets(): Promise<postgres.Options<Record<string, never>>[]> {
  const rows = await withAdminConnection(appAdmin, (run) =>
    run<{ id: string; url: string; sealed: string }>(
      `select id::text, data_source_url as url, data_source_anon_key as sealed from app.tenants where data_source_url is not null`,
    ),
  )
  return rows.map(({ id: tenantId, url, sealed }) => {
    const { host, port, database, user = '' } = parseTarget(url)
    const password = open(keyring, sealed, { tenantId, column: 'data_source_anon_key' }).reveal()
    return { host, port, database, user, password, max: 1, fetch_types: false }
  })
}

/** A round by itself: whoever counts takes some of the time. */
async function countOneRound(looks: number): Promise<Pick<HealthCost, 'mostOpen' | 'transactions' | 'processor'>> {
  const before = await readTransactions()
  let isOver = false
  const watched = watchConnections(() => isOver)
  const spent = await processorTimeOf(admin, () => lookAtAll(looks))
  isOver = true
  const mostOpen = await watched
  const after = await readTransactions()
  const perLook = (seconds: number | undefined) => (1000 * (seconds ?? Number.NaN)) / looks
  return {
    mostOpen,
    transactions: { tenant: (after.tenant - before.tenant) / looks, app: (after.app - before.app) / looks },
    processor: { server: perLook(spent?.server), client: perLook(spent?.client) },
  }
}

/** A backend tells what it has done when it ends, and all of a round's have ended. */
async function readTransactions(): Promise<{ tenant: number; app: number }> {
  const [row] = await withAdminConnection(admin, (run) =>
    run<{ tenant: string; app: string }>(
      `select coalesce(sum(n) filter (where datname like 'crowd\\_%'), 0)::text as tenant,
        coalesce(sum(n) filter (where datname = $1), 0)::text as app
       from (select datname, xact_commit + xact_rollback as n from pg_stat_database) d`,
      [appTarget.database],
    ),
  )
  return { tenant: Number(row?.tenant), app: Number(row?.app) }
}

async function watchConnections(isOver: () => boolean): Promise<number> {
  await using link = await openAdminLink(admin)
  let most = 0
  while (!isOver()) {
    const [row] = await link.run<{ count: string }>(
      `select count(*)::text as count from pg_stat_activity where usename like 'tenant\\_%'`,
    )
    most = Math.max(most, Number(row?.count))
    await sleep(10)
  }
  return most
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

function usedMb(): number {
  if (globalThis.gc === undefined) throw new Error('this program needs --expose-gc')
  for (let times = 0; times < 3; times++) globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1_000_000
}
