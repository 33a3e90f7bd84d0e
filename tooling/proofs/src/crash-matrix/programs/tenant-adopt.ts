import { openAppDb } from '@tenantry/app-db/open'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { adoptDatabase } from '@tenantry/fleet/adopt-database'
import { claimAdoption } from '@tenantry/fleet/claim-run'
import { targetFrom, type PlainTarget } from '../ground.ts'
import { Points, readCrashInput } from '../points.ts'

export interface AdoptProgramInput {
  app: PlainTarget
  server: PlainTarget
  keys: string
  slug: string
  database: string
}

const { killAt, slug, database, keys, ...targets } = await readCrashInput<AdoptProgramInput>()
const points = new Points(killAt)
const server = targetFrom(targets.server)
await using app = openAppDb({ target: targetFrom(targets.app) })
const claim = { slug, input: { database, server: 'main' }, startedBy: 'matrix' }
await using run = points.watch(await claimAdoption(app, claim))
points.pass('claimed')
await adoptDatabase({
  app,
  keyring: parseKeyring(keys),
  operatorName: 'matrix',
  slug,
  server,
  adminAt: () => server,
  database,
  region: 'matrix',
  run,
  onProgress: points.pass,
})
await run.finish('done')
