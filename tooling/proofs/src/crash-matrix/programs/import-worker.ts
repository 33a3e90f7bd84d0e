import { openAppDb } from '@tenantry/app-db/open'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { openDataSources } from '@tenantry/data-sources'
import { openLogger } from '@tenantry/telemetry/logger'
import { openWorker } from '@tenantry/worker'
import { targetFrom, type PlainTarget } from '../ground.ts'
import { Points, readCrashInput } from '../points.ts'

export interface ImportWorkerInput {
  app: PlainTarget
  appDatabaseUrl: string
  keys: string
  partRows: number
}

const input = await readCrashInput<ImportWorkerInput>()
const points = new Points(input.killAt)
const app = openAppDb({ target: targetFrom(input.app) })
const logger = openLogger({ level: 'silent' })
const keyring = parseKeyring(input.keys)
const dataSources = openDataSources({ appDb: app.db, keyring, logger })
// It never ends by itself: it is killed at its point, or by whoever started it.
await openWorker({
  app,
  dataSources,
  keyring,
  logger,
  appDatabaseUrl: input.appDatabaseUrl,
  pollMs: 200,
  imports: { partRows: input.partRows, onPoint: points.pass },
})
