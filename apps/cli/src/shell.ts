import { Command } from 'commander'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { DemoFolder } from './demo/demo-folder.ts'
import type { Env } from './env.ts'
import type { ExitCode } from './exit-code.ts'
import { openProgress, type Progress } from './progress.ts'
import { painter, type Terminal } from './terminal.ts'

/** What every command is given. */
export interface Shell {
  readonly terminal: Terminal
  readonly env: Env
  /** Folder of the checkout. */
  readonly root: string
  readonly demoFolder: DemoFolder
}

export function openShell(terminal: Terminal, env: Env, root: string): Shell {
  return { terminal, env, root, demoFolder: new DemoFolder(env.TENANTRY_FOLDER ?? join(root, '.tenantry')) }
}

/** Options every command has. */
export interface OutputOptions {
  json?: boolean
  quiet?: boolean
}

export const checkoutRoot = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')

/** A command with the options, the manners and the examples all commands share. Unknown options are refused. */
export function newCommand(name: string, description: string, examples: string[]): Command {
  return new Command(name)
    .description(description)
    .option('--json', 'print JSON, as is done when the output is piped')
    .option('--quiet', 'no progress on stderr')
    .allowExcessArguments(false)
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  pnpm ${example}`).join('\n')}`)
}

/** The exit code travels from the action to `runCli` on the command itself. */
const codes = new WeakMap<Command, ExitCode>()

export function setExitCode(command: Command, code: ExitCode): void {
  codes.set(command, code)
}

export function exitCodeOf(command: Command): ExitCode | undefined {
  return codes.get(command) ?? command.commands.map(exitCodeOf).find((code) => code !== undefined)
}

/** Results to stdout: a person gets text, a program JSON. */
export function printResult(
  { terminal }: Shell,
  { json }: OutputOptions,
  result: { data: unknown; text: (paint: ReturnType<typeof painter>) => string },
): void {
  if (json || !terminal.outIsScreen) terminal.out(`${JSON.stringify(result.data, null, 2)}\n`)
  else terminal.out(`${result.text(painter(terminal))}\n`)
}

export function progressOf({ terminal }: Shell, { quiet }: OutputOptions): Progress {
  return openProgress(terminal, { quiet: quiet ?? false })
}
