import { openAppDb } from '@tenantry/app-db/open'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { openDataSources } from '@tenantry/data-sources'
import { openLogger } from '@tenantry/telemetry/logger'
import { openWorker } from '@tenantry/worker'
import { openMailTransport } from '@tenantry/worker/transport'
import { targetFrom, type PlainTarget } from '../ground.ts'
import { Points, readCrashInput } from '../points.ts'

export interface MailWorkerInput {
  app: PlainTarget
  appDatabaseUrl: string
  keys: string
  mailFolder: string
}

const input = await readCrashInput<MailWorkerInput>()
const points = new Points(input.killAt)
const app = openAppDb({ target: targetFrom(input.app) })
const logger = openLogger({ level: 'silent' })
const keyring = parseKeyring(input.keys)
const dataSources = openDataSources({ appDb: app.db, keyring, logger })
const transport = openMailTransport({ MAIL_FOLDER: input.mailFolder })
if (transport === undefined) throw new TypeError('there is no mailbox')
// It never ends by itself: it is killed at its point, or by whoever started it.
await openWorker({
  app,
  dataSources,
  keyring,
  mail: { transport, origin: 'https://crm.example.com' },
  logger,
  appDatabaseUrl: input.appDatabaseUrl,
  pollMs: 200,
  onStep: points.pass,
})
