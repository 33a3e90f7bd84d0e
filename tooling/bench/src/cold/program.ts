import { openAppDb } from '@tenantry/app-db/open'
import type { AccountId, SessionId } from '@tenantry/contracts/ids'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { openDataSources } from '@tenantry/data-sources'
import { openLogger } from '@tenantry/telemetry/logger'
import postgres from 'postgres'
import { selectById } from '../plain/accounts.ts'
import { readProgramInput } from '../program-input.ts'
import { interleave } from '../rounds.ts'
import { sendResult } from '../run-program.ts'
import { spreadOf } from '../spread.ts'
import { appTargetOf } from '../targets.ts'

/** Milliseconds to the first row of each contender. */
export type ColdTimes = Record<'ours' | 'raw', number[]>

const { world } = readProgramInput()
const connectionsPerRound = 10
// The first id is there: the world was filled.
const id = world.accountIds[0] as AccountId

const app = openAppDb({ target: appTargetOf(world) })
const logger = openLogger({ level: 'warn', destination: { write: (line) => void process.stderr.write(line) } })
const dataSources = openDataSources({ appDb: app.db, keyring: parseKeyring(world.keys), logger })

await sendResult(async () => interleave({ ours: () => several(ours), raw: () => several(raw) }, 9))

async function several(once: () => Promise<number>): Promise<number> {
  const times: number[] = []
  for (let count = 0; count < connectionsPerRound; count++) times.push(await once())
  return spreadOf(times).median
}

/** A tenant nobody has asked for: its configuration is read and opened, a connection made, its identity proven. */
async function ours(): Promise<number> {
  const session = await app.db.sessions.resolve(world.sessionId as SessionId, { requestId: 'bench' })
  if (!session?.grant) throw new Error('the session has no grant')
  await dataSources.clearTenantCache(session.grant)
  const started = performance.now()
  await dataSources.withTenant(session.grant, (db) => db.accounts.byId(id))
  return performance.now() - started
}

/** Without the query for types that postgres.js makes by default on each new connection. */
async function raw(): Promise<number> {
  const started = performance.now()
  const sql = postgres(world.rawDatabaseUrl, { max: 1, fetch_types: false })
  await sql.unsafe(selectById, [world.tenantIdInDataSource, id], { prepare: true })
  const elapsed = performance.now() - started
  await sql.end()
  return elapsed
}
