import type { CrashStage } from './stage.ts'
import { tenantCreate } from './stages/tenant-create.ts'
import { tenantDelete } from './stages/tenant-delete.ts'
import { transferStage } from './stages/transfer.ts'

/** Every long command that claims to bear being killed. */
export const stages: readonly CrashStage[] = [
  tenantCreate('dedicated'),
  tenantCreate('shared'),
  tenantDelete('dedicated'),
  tenantDelete('shared'),
  transferStage('run', 'dedicated'),
  transferStage('run', 'shared'),
  transferStage('cutover', 'dedicated'),
  transferStage('cutover', 'shared'),
]
