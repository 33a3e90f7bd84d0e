import type { Executor } from '@tenantry/connections/database'
import { TenantryError } from '@tenantry/errors'

/** An executor that answers HANDLE_CLOSED once it has been revoked, so that a handle kept past its work is dead. */
export function revocable(executor: Executor): { executor: Executor; revoke(): void } {
  let revoked = false
  const alive = () => {
    if (revoked) throw new TenantryError('HANDLE_CLOSED')
    return executor
  }
  return {
    executor: {
      get db() {
        return alive().db
      },
      run: async (statement, parameters) => alive().run(statement, parameters),
      savepoint: async (work) => alive().savepoint(work),
    },
    revoke() {
      revoked = true
    },
  }
}
