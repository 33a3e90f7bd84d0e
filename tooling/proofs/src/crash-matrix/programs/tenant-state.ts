import { openAppDb } from '@tenantry/app-db/open'
import type { TenantStatus } from '@tenantry/contracts/session'
import { byAdministrator } from '@tenantry/fleet/serving-power'
import { setTenantState } from '@tenantry/fleet/set-tenant-state'
import { targetFrom, type PlainTarget } from '../ground.ts'
import { Points, readCrashInput } from '../points.ts'

export interface StateProgramInput {
  app: PlainTarget
  server: PlainTarget
  slug: string
  state: TenantStatus
}

const { killAt, slug, state, ...targets } = await readCrashInput<StateProgramInput>()
const points = new Points(killAt)
const server = targetFrom(targets.server)
await using app = openAppDb({ target: targetFrom(targets.app) })
const begun = { kind: `tenant.${state}`, subject: slug, input: {}, startedBy: 'matrix' }
await using run = points.watch(await app.runs.start(begun))
points.pass('claimed')
await setTenantState({
  app,
  power: byAdministrator(() => server),
  slug,
  state,
  setStatus: () => app.db.tenants.setStatus('matrix', slug, state),
  run,
  onProgress: points.pass,
})
await run.finish('done')
