import { openAppDb } from '@tenantry/app-db/open'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { runCampaign } from '@tenantry/fleet/campaign'
import { claimCampaign } from '@tenantry/fleet/claim-campaign'
import { targetFrom, type PlainTarget } from '../ground.ts'
import { Points, readCrashInput } from '../points.ts'

export interface MigrateProgramInput {
  app: PlainTarget
  keys: string
  folder: string
  slugs: string[]
}

const { killAt, app: appTarget, keys, folder, slugs } = await readCrashInput<MigrateProgramInput>()
const points = new Points(killAt)
await using app = openAppDb({ target: targetFrom(appTarget) })
const asked = { only: slugs, canary: slugs.slice(0, 1), folder }
await using run = points.watch(await claimCampaign(app.runs, { ...asked, operatorName: 'matrix' }))
points.pass('claimed')
const report = await runCampaign({
  ...asked,
  run,
  tenants: await app.serviceAccess.tenants(),
  keyring: parseKeyring(keys),
  // One after the other, so that the points come in the same order each time.
  atOnce: 1,
  onProgress: ({ wave, done }) => points.pass(`${wave}: ${done}`),
})
if (report.failed > 0) throw new Error('a database could not be migrated')
points.pass('all migrated')
await run.finish('done')
