import { openAppDb } from '@tenantry/app-db/open'
import { claimDeletion } from '@tenantry/fleet/claim-run'
import { deleteTenant } from '@tenantry/fleet/delete-tenant'
import { endTransfer } from '@tenantry/tenant-transfer/end-transfer'
import { targetFrom, type PlainTarget } from '../ground.ts'
import { Points, readCrashInput } from '../points.ts'

export interface DeleteProgramInput {
  app: PlainTarget
  appAdmin: PlainTarget
  server: PlainTarget
  slug: string
  exportFolder: string
}

const { killAt, exportFolder, slug, ...targets } = await readCrashInput<DeleteProgramInput>()
const points = new Points(killAt)
const server = targetFrom(targets.server)
await using app = openAppDb({ target: targetFrom(targets.app) })
const claim = { slug, input: { withoutDatabase: false }, startedBy: 'matrix' }
await using run = points.watch(await claimDeletion(app, claim))
points.pass('claimed')
await deleteTenant({
  app,
  adminAt: () => server,
  appAdmin: targetFrom(targets.appAdmin),
  operatorName: 'matrix',
  slug,
  exportFolder,
  withoutDatabase: false,
  files: undefined,
  endTransfer: async (tenantId) => ({ ...(await endTransfer({ source: targetFrom(targets.appAdmin), tenantId })) }),
  run,
  onProgress: (step) => {
    // The tables of an export are many and alike.
    if (!step.startsWith('export ') || step === 'export pipelines') points.pass(step)
  },
})
await run.finish('done')
