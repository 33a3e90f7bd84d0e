import { isTenantryError } from '@tenantry/errors'
import { readEnv } from './env.ts'
import { exitCode } from './exit-code.ts'
import { runCli } from './run-cli.ts'
import { checkoutRoot, openShell } from './shell.ts'
import { processTerminal } from './terminal.ts'

try {
  const env = readEnv()
  const terminal = processTerminal({ noColor: env.NO_COLOR !== undefined })
  process.exitCode = await runCli(process.argv.slice(2), openShell(terminal, env, checkoutRoot))
} catch (error) {
  if (!isTenantryError(error)) throw error
  process.stderr.write(`${error.code} ${error.message}\n`)
  process.exitCode = exitCode.failed
}
