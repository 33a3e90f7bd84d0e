import { openAppDb } from '@tenantry/app-db/open'
import { openAdminLink } from '@tenantry/connections/admin'
import { AccountListQuery } from '@tenantry/contracts/accounts'
import type { SessionId } from '@tenantry/contracts/ids'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { openDataSources } from '@tenantry/data-sources'
import { openLogger } from '@tenantry/telemetry/logger'
import { addTenants } from '../memory/tenants.ts'
import { onProgress } from '../progress.ts'
import { readProgramInput } from '../program-input.ts'
import { quantileOf } from '../quantile.ts'
import { sendResult } from '../run-program.ts'
import { adminTargetOf, appTargetOf } from '../targets.ts'
import { openSharedDatabases } from './shared-databases.ts'
import { zipf } from './zipf.ts'

export interface TenantTraffic {
  perSecond: number
  errors: number
  /** As the server counts them. */
  mostOpen: number
  configHitPercent: number
  connectionHitPercent: number
  evictions: number
  temperatures: { name: string; requests: number; p99Ms: number }[]
  residentMb: number
}

const atOnce = 32

const { world, seconds = 5, tenants = 5000, connections = 50 } = readProgramInput()
const app = openAppDb({ target: appTargetOf(world), pool: { max: 16 } })
const keyring = parseKeyring(world.keys)
const list = AccountListQuery.parse({ limit: 20 })

/** By how often a tenant is asked for: the first as many as there are connections, ten times as many, everybody else. */
const temperatures = [
  { name: 'hot', upTo: connections, latencies: [] as number[] },
  { name: 'warm', upTo: connections * 10, latencies: [] as number[] },
  { name: 'cold', upTo: Infinity, latencies: [] as number[] },
]

await sendResult(async (): Promise<TenantTraffic> => {
  const poolConfig = { max: 4, acquireMs: 20_000, connectMs: 20_000 }
  const admins = await openSharedDatabases(adminTargetOf(world), tenants)
  await addTenants({ app, keyring, admins, count: tenants, prefix: 'crowd', poolConfig, onProgress })
  const sessions = await openSessions()
  const dataSources = openDataSources({
    appDb: app.db,
    keyring,
    logger: openLogger({ level: 'warn', destination: { write: (line) => void process.stderr.write(line) } }),
    changes: app.tenantChanges,
    budget: { source: app.connectionShares, mostPerServer: connections },
  })
  const next = zipf(tenants)
  let requests = 0
  let errors = 0
  const began = performance.now()
  const end = began + seconds * 1000
  const worker = async () => {
    while (performance.now() < end) {
      const rank = next()
      const started = performance.now()
      try {
        const session = await app.db.sessions.resolve(sessions[rank] as SessionId, { requestId: 'bench' })
        if (!session?.grant) throw new Error('the session has no grant')
        await dataSources.withTenant(session.grant, (db) => db.accounts.list(list))
        temperatures.find(({ upTo }) => rank < upTo)?.latencies.push(performance.now() - started)
        requests++
      } catch {
        errors++
      }
    }
  }
  const [mostOpen] = await Promise.all([watchConnections(end), ...Array.from({ length: atOnce }, worker)])
  const { configCache, classes, servers } = dataSources.statistics()
  return {
    perSecond: (1000 * requests) / (performance.now() - began),
    errors,
    mostOpen,
    configHitPercent: (100 * configCache.hits) / (configCache.hits + configCache.misses),
    connectionHitPercent: 100 * (1 - classes.shared.connect.count / Math.max(1, requests)),
    evictions: servers.reduce((sum, server) => sum + server.evictions, 0),
    temperatures: temperatures.map(({ name, latencies }) => ({
      name,
      requests: latencies.length,
      p99Ms: latencies.length === 0 ? 0 : quantileOf(latencies, 0.99),
    })),
    residentMb: process.memoryUsage().rss / 1_000_000,
  }
})

/** One for each tenant, by rank: all belong to the same person, who works in each company. */
async function openSessions(): Promise<string[]> {
  await using link = await openAdminLink({ ...adminTargetOf(world), database: appTargetOf(world).database })
  const rows = await link.run<{ id: string }>(`
    insert into app.sessions (id, user_id, tenant_id, expires_at)
    select gen_random_uuid(), m.user_id, t.id, now() + interval '1 day'
    from app.tenants t join app.memberships m on m.tenant_id = t.id where t.slug like 'crowd-%'
    returning id::text`)
  return rows.map(({ id }) => id)
}

async function watchConnections(end: number): Promise<number> {
  await using link = await openAdminLink(adminTargetOf(world))
  const question = `select count(*)::text as count from pg_stat_activity where usename like 'tenant\\_%'`
  let most = 0
  while (performance.now() < end) {
    const [row] = await link.run<{ count: string }>(question)
    most = Math.max(most, Number(row?.count))
  }
  return most
}
