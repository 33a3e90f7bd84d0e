import { openAppDb } from '@tenantry/app-db/open'
import type { NewTenantInput } from '@tenantry/contracts/new-tenant'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { openDataSources } from '@tenantry/data-sources'
import { claimCreation } from '@tenantry/fleet/claim-run'
import { createTenant } from '@tenantry/fleet/create-tenant'
import { openLogger } from '@tenantry/telemetry/logger'
import { targetFrom, type PlainTarget } from '../ground.ts'
import { Points, readCrashInput } from '../points.ts'

export interface CreateProgramInput {
  app: PlainTarget
  server: PlainTarget
  keys: string
  tenant: NewTenantInput
}

const { killAt, app: appTarget, server, keys, tenant } = await readCrashInput<CreateProgramInput>()
const points = new Points(killAt)
await using app = openAppDb({ target: targetFrom(appTarget) })
const keyring = parseKeyring(keys)
await using dataSources = openDataSources({ appDb: app.db, keyring, logger: openLogger({ level: 'silent' }) })
await using run = points.watch(await claimCreation(app, tenant, 'matrix'))
points.pass('claimed')
await createTenant({
  app,
  dataSources,
  keyring,
  operatorName: 'matrix',
  server: targetFrom(server),
  run,
  onProgress: (step) => points.pass(step),
})
points.pass('invited')
await run.finish('done')
