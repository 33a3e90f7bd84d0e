import { openRuntime, type Runtime } from '@tenantry/api/runtime'
import type { BenchWorld } from '../world.ts'

/** The product as a server process holds it. */
export function openProduct(world: BenchWorld, origin = 'http://localhost'): Runtime {
  return openRuntime({
    appDatabaseUrl: world.appDatabaseUrl,
    keys: world.keys,
    sessionSecret: world.sessionSecret,
    origin,
    trustedProxyHops: 0,
    logLevel: 'warn',
    logDestination: { write: (line) => void process.stderr.write(line) },
  })
}
