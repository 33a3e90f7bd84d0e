import { InvalidArgumentError, type Command } from 'commander'
import { startDemo } from '../demo/start-demo.ts'
import { newCommand, progressOf, setExitCode, type OutputOptions, type Shell } from '../shell.ts'
import { renderSummary } from '../demo/summary.ts'
import { painter } from '../terminal.ts'

interface StartOptions extends OutputOptions {
  port?: number
  reset?: boolean
  built?: boolean
}

export function demoStartCommand(shell: Shell): Command {
  const command = newCommand('start', 'start everything on this machine, with demo data; stays until Ctrl-C', [
    'dev                       # the same as: pnpm tenantry demo start',
    'dev --port 4000',
    'dev --reset               # throw the demo data away and start over',
    'tenantry demo start       # with APP_DATABASE_URL set: on that PostgreSQL server instead of own ones',
  ])
  return command
    .option('--port <number>', 'where the web application listens (default: PORT or 3000)', portNumber)
    .option('--reset', 'remove all demo data first')
    .option('--built', 'serve the pages that `pnpm build` made')
    .action(async (options: StartOptions) => {
      const demo = await startDemo(shell, {
        port: options.port ?? shell.env.PORT,
        reset: options.reset ?? false,
        mode: options.built ? 'production' : 'development',
        progress: progressOf(shell, options),
      })
      // Nothing reads this from a pipe but people: a log, a terminal behind `tee`. Programs ask with --json.
      if (options.json) shell.terminal.out(`${JSON.stringify(demo.summary, null, 2)}\n`)
      else shell.terminal.out(`${renderSummary(demo.summary, painter(shell.terminal))}\n`)
      setExitCode(command, await demo.ended)
    })
}

function portNumber(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new InvalidArgumentError('Use 1 to 65535.')
  return port
}
