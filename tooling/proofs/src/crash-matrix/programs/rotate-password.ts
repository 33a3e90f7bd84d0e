import { openAppDb } from '@tenantry/app-db/open'
import type { LoginKind } from '@tenantry/app-db/types'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { claimRotation } from '@tenantry/fleet/claim-run'
import { rotatePassword } from '@tenantry/fleet/rotate-password'
import { targetFrom, type PlainTarget } from '../ground.ts'
import { Points, readCrashInput } from '../points.ts'

export interface PasswordProgramInput {
  app: PlainTarget
  server: PlainTarget
  keys: string
  slug: string
  login: LoginKind
}

const { killAt, app: appTarget, server, keys, slug, login } = await readCrashInput<PasswordProgramInput>()
const points = new Points(killAt)
await using app = openAppDb({ target: targetFrom(appTarget) })
await using run = points.watch(await claimRotation(app, { slug, login, startedBy: 'matrix' }))
points.pass('claimed')
await rotatePassword({
  app,
  server: targetFrom(server),
  keyring: parseKeyring(keys),
  operatorName: 'matrix',
  slug,
  login,
  run,
  // Nobody else is there whose request could have gone on.
  graceMs: 0,
  onProgress: (step) => points.pass(step),
})
points.pass('changed')
await run.finish('done')
