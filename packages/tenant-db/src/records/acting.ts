import type { Executor } from '@tenantry/connections/database'
import type { Actor } from '../actor.ts'

/** What a write needs: the open transaction and who asked for it. */
export interface Acting {
  executor: Executor
  actor: Actor
}
