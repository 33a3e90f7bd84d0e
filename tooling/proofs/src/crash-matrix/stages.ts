import type { CrashStage } from './stage.ts'
import { tenantCreate } from './stages/tenant-create.ts'
import { tenantDelete } from './stages/tenant-delete.ts'

/** Every long command that claims to bear being killed. */
export const stages: readonly CrashStage[] = [
  tenantCreate('dedicated'),
  tenantCreate('shared'),
  tenantDelete('dedicated'),
  tenantDelete('shared'),
]
