import { openAppDb } from '@tenantry/app-db/open'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { openDataSources } from '@tenantry/data-sources'
import { openLogger } from '@tenantry/telemetry/logger'
import { parseNetworks } from '@tenantry/worker/networks'
import { tellWebhooks } from '@tenantry/worker/tell-webhooks'
import { targetFrom, type PlainTarget } from '../ground.ts'
import { Points, readCrashInput } from '../points.ts'

export interface WebhookWorkerInput {
  app: PlainTarget
  keys: string
  tenantId: string
}

const input = await readCrashInput<WebhookWorkerInput>()
const points = new Points(input.killAt)
const app = openAppDb({ target: targetFrom(input.app) })
const logger = openLogger({ level: 'silent' })
const keyring = parseKeyring(input.keys)
const dataSources = openDataSources({ appDb: app.db, keyring, logger })
await tellWebhooks(
  {
    app,
    dataSources,
    keyring,
    logger,
    posting: { networks: parseNetworks('127.0.0.0/8') },
    // What a dead process had in hand comes back soon.
    leaseSeconds: 1,
    onStep: points.pass,
  },
  // The id was written by whoever made the tenant.
  { tenantId: input.tenantId as never },
  { requestId: 'crash matrix' },
)
await dataSources.close()
await app.close()
