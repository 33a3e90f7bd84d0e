import type { CrashStage } from './stage.ts'
import { fleetMigrate } from './stages/fleet-migrate.ts'
import { keysRotate } from './stages/keys-rotate.ts'
import { rotatePassword } from './stages/rotate-password.ts'
import { tenantCreate } from './stages/tenant-create.ts'
import { tenantDelete } from './stages/tenant-delete.ts'
import { transferStage } from './stages/transfer.ts'

/** One of each command, for a look that does not take long. */
export const fewStages: readonly CrashStage[] = [
  tenantCreate('shared'),
  tenantDelete('dedicated'),
  fleetMigrate(),
  keysRotate(),
  rotatePassword('serving'),
  transferStage('run', 'shared'),
  transferStage('cutover', 'dedicated'),
]

/** Every long command that claims to bear being killed. */
export const stages: readonly CrashStage[] = [
  tenantCreate('dedicated'),
  tenantCreate('shared'),
  tenantDelete('dedicated'),
  tenantDelete('shared'),
  fleetMigrate(),
  keysRotate(),
  rotatePassword('serving'),
  rotatePassword('service'),
  rotatePassword('support'),
  transferStage('run', 'dedicated'),
  transferStage('run', 'shared'),
  transferStage('cutover', 'dedicated'),
  transferStage('cutover', 'shared'),
]
