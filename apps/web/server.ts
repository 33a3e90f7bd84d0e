import { isTenantryError } from '@tenantry/errors'
import { readEnv } from './src/env.ts'
import { startWebServer, type WebServer } from './src/server/web-server.ts'

try {
  const server = await startWebServer(readEnv(), import.meta.dirname)
  server.logger.info({ port: server.port }, 'Ready')
  stopOnSignals(server)
} catch (error) {
  // A refusal of ours says what to do; anything else is a fault and keeps its stack.
  if (!isTenantryError(error)) throw error
  process.stderr.write(`Error: ${error.message}\n`)
  process.exit(1)
}

/** The first signal lets requests under way finish, the second does not wait. */
function stopOnSignals(server: WebServer): void {
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(130)
      isStopping = true
      server.close().then(
        () => process.exit(0),
        (err: unknown) => {
          server.logger.error({ err }, 'The server did not stop in order')
          process.exit(1)
        },
      )
    })
  }
}
