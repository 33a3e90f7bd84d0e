import { openAppDb } from '@tenantry/app-db/open'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { rotateKeys } from '@tenantry/fleet/rotate-keys'
import { targetFrom, type PlainTarget } from '../ground.ts'
import { Points, readCrashInput } from '../points.ts'

export interface RotateProgramInput {
  app: PlainTarget
  keys: string
  batchSize: number
}

const { killAt, app: appTarget, keys, batchSize } = await readCrashInput<RotateProgramInput>()
const points = new Points(killAt)
await using app = openAppDb({ target: targetFrom(appTarget) })
const what = { kind: 'keys.rotate', input: {}, startedBy: 'matrix' }
await using run = points.watch(await app.runs.resumeOrStart(what))
points.pass('claimed')
const { remaining } = await rotateKeys({
  sealedValues: app.sealedValues,
  keyring: parseKeyring(keys),
  operatorName: 'matrix',
  batchSize,
  // As the command names them: what a resumed run does is another batch, whatever its number.
  inBatch: (batch, write) => run.unit(`attempt ${run.attempts}, batch ${batch}`, write),
  onProgress: ({ done }) => points.pass(`${done} sealed`),
})
if (remaining > 0) throw new Error('values are left under the old key')
points.pass('all sealed')
await run.finish('done')
