import type { CrashStage, Death } from './stage.ts'
import { fleetMigrate } from './stages/fleet-migrate.ts'
import { keysRotate } from './stages/keys-rotate.ts'
import { rotatePassword } from './stages/rotate-password.ts'
import { tenantAdopt } from './stages/tenant-adopt.ts'
import { tenantCreate } from './stages/tenant-create.ts'
import { tenantDelete } from './stages/tenant-delete.ts'
import { tenantState } from './stages/tenant-state.ts'
import { transferStage } from './stages/transfer.ts'

/**
 * Each command once, for a look that does not take long: in turn before a unit, after it, when it is noted down and between
 * units. What has a unit that matters most dies there.
 */
export const deaths: readonly Death[] = [
  { stage: tenantCreate('shared'), at: { named: 'made logins', nth: 1 } },
  { stage: tenantDelete('dedicated', 'an adoption'), at: { named: 'noted database', nth: 1 } },
  { stage: tenantState('suspended'), at: { named: 'noted status', nth: 1 } },
  { stage: fleetMigrate(), at: { named: 'begun', nth: 2 } },
  { stage: keysRotate(), at: { named: 'made', nth: 2 } },
  { stage: rotatePassword('serving'), at: { named: 'noted login', nth: 1 } },
  { stage: transferStage('run', 'shared'), at: { named: 'contacts', nth: 1 } },
  { stage: transferStage('cutover', 'dedicated'), at: { named: 'holding writes back', nth: 1 } },
  { stage: transferStage('rollback', 'shared'), at: { named: 'noting the epoch', nth: 1 } },
]

/** Every long command that claims to bear being killed. */
export const stages: readonly CrashStage[] = [
  tenantCreate('dedicated'),
  tenantCreate('shared'),
  tenantDelete('dedicated'),
  tenantDelete('shared'),
  tenantDelete('dedicated', 'a move'),
  tenantDelete('shared', 'a move'),
  tenantDelete('dedicated', 'an adoption'),
  tenantDelete('shared', 'a rotation'),
  tenantState('suspended'),
  tenantState('active'),
  tenantState('archived'),
  tenantAdopt(),
  fleetMigrate(),
  keysRotate(),
  rotatePassword('serving'),
  rotatePassword('service'),
  rotatePassword('support'),
  transferStage('run', 'dedicated'),
  transferStage('run', 'shared'),
  transferStage('cutover', 'dedicated'),
  transferStage('cutover', 'shared'),
  transferStage('rollback', 'dedicated'),
  transferStage('rollback', 'shared'),
]
