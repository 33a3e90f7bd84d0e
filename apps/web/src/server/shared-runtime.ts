import type { Runtime } from '@tenantry/api/runtime'
import { TenantryError } from '@tenantry/errors'

/** Pages are bundled by Next and get modules of their own; what holds connections must exist once, so it is passed here. */
const key = Symbol.for('tenantry.runtime')
// Only this file knows the symbol, so what is found under it is what was put there.
const shared = globalThis as { [key]?: Runtime }

export function shareRuntime(runtime: Runtime): void {
  shared[key] = runtime
}

/** Throws CONFIGURATION_INVALID in a process that was not started by `server.ts`. */
export function sharedRuntime(): Runtime {
  const runtime = shared[key]
  if (runtime !== undefined) return runtime
  throw new TenantryError('CONFIGURATION_INVALID', {
    message: 'The pages were started without their server. Use `pnpm --filter @tenantry/web start`.',
  })
}
