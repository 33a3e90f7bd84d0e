import { openAppDb } from '@tenantry/app-db/open'
import { withAdminConnection } from '@tenantry/connections/admin'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { openDataSources } from '@tenantry/data-sources'
import { openLogger } from '@tenantry/telemetry/logger'
import { setTimeout as sleep } from 'node:timers/promises'
import { adminTargetOf, appTargetOf } from '../targets.ts'
import { readProgramInput } from '../program-input.ts'
import { sendResult } from '../run-program.ts'
import { addTenants, idleMs } from './tenants.ts'

/** Megabytes that 1,000 configured tenants add, all of whose connections have been closed. */
export interface MemoryGrowth {
  heapMb: number
  residentMb: number
}

const tenantCount = 1000
const warmUpCount = 50
const firstPage = { show: 'active', sort: 'name', order: 'asc', limit: 1, filters: {} } as const

const { world } = readProgramInput()
const app = openAppDb({ target: appTargetOf(world) })
const logger = openLogger({ level: 'warn', destination: { write: (line) => void process.stderr.write(line) } })
const keyring = parseKeyring(world.keys)

await sendResult(async (): Promise<MemoryGrowth> => {
  const slugs = await addTenants({ app, keyring, admins: [adminTargetOf(world)], count: warmUpCount + tenantCount })
  const dataSources = openDataSources({ appDb: app.db, keyring, logger })
  const use = async (slug: string) => {
    const grant = await app.grants.forSystem('bench', slug, { reason: 'bench', access: 'read', requestId: 'bench' })
    await dataSources.withTenant(grant, (db) => db.accounts.list({ ...firstPage }))
  }
  await useEach(slugs.slice(0, warmUpCount), use)
  await connectionsClosed()
  const before = measure()
  await useEach(slugs.slice(warmUpCount), use)
  await connectionsClosed()
  const after = measure()
  return {
    heapMb: (after.heapUsed + after.external - before.heapUsed - before.external) / 1_000_000,
    residentMb: (after.rss - before.rss) / 1_000_000,
  }
})

/** Eight at a time. */
async function useEach(slugs: string[], use: (slug: string) => Promise<void>): Promise<void> {
  const left = [...slugs]
  const worker = async () => {
    for (let slug = left.pop(); slug !== undefined; slug = left.pop()) await use(slug)
  }
  await Promise.all(Array.from({ length: 8 }, worker))
}

async function connectionsClosed(): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    await sleep(idleMs)
    const [row] = await withAdminConnection(adminTargetOf(world), (run) =>
      run<{ count: string }>(`select count(*) from pg_stat_activity where usename like 'tenant\\_%'`),
    )
    if (row?.count === '0') return
  }
  throw new Error('connections of tenants stayed open')
}

function measure(): NodeJS.MemoryUsage {
  if (globalThis.gc === undefined) throw new Error('this program needs --expose-gc')
  for (let times = 0; times < 3; times++) globalThis.gc()
  return process.memoryUsage()
}
