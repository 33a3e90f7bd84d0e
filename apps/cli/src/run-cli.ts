import { isTenantryError, type TenantryError } from '@tenantry/errors'
import { Command, CommanderError } from 'commander'
import { callCommand } from './commands/call.ts'
import { workerCommand } from './commands/worker.ts'
import { doctorCommand } from './commands/doctor.ts'
import { exitCode, Refusal, type ExitCode } from './exit-code.ts'
import { credentialsNoun } from './nouns/credentials.ts'
import { demoNoun } from './nouns/demo.ts'
import { fleetNoun } from './nouns/fleet.ts'
import { keysNoun } from './nouns/keys.ts'
import { replicaNoun } from './nouns/replica.ts'
import { tenantNoun } from './nouns/tenant.ts'
import { transferNoun } from './nouns/transfer.ts'
import { exitCodeOf, type Shell } from './shell.ts'
import { painter, type Terminal } from './terminal.ts'
import { operatorNoun } from './nouns/operator.ts'

/** Runs one command line and gives its exit code; never throws. */
export async function runCli(args: string[], shell: Shell): Promise<ExitCode> {
  const program = buildProgram(shell)
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCodeOf(program) ?? exitCode.ok
  } catch (error) {
    if (error instanceof CommanderError) return isAskedFor(error) ? exitCode.ok : exitCode.usage
    return explain(error, shell.terminal)
  }
}

/** In the order of `--help`. */
const nouns = [tenantNoun, transferNoun, fleetNoun, keysNoun, credentialsNoun, replicaNoun, demoNoun]

export function buildProgram(shell: Shell): Command {
  const program = new Command('tenantry').description('Operates Tenantry: tenants, their databases, the local demo.')
  for (const noun of [...nouns, operatorNoun]) program.addCommand(noun(shell))
  program.addCommand(callCommand(shell))
  program.addCommand(doctorCommand(shell))
  program.addCommand(workerCommand(shell))
  for (const command of everyCommand(program)) {
    command.exitOverride().showHelpAfterError('Add --help for the options and examples.')
    command.configureOutput({
      writeOut: (text) => shell.terminal.out(text),
      writeErr: (text) => shell.terminal.err(text),
    })
  }
  return program
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)]
}

function isAskedFor(error: CommanderError): boolean {
  return error.code === 'commander.helpDisplayed' || error.code === 'commander.version'
}

/** One sentence for a person. What only an engineer can use, the stack of an unknown failure, follows it. */
function explain(error: unknown, terminal: Terminal): ExitCode {
  const paint = painter(terminal)
  if (error instanceof Refusal) {
    terminal.err(`${paint('yellow', 'Refused.')} ${error.message}\n`)
    return exitCode.refused
  }
  if (isTenantryError(error)) {
    terminal.err(`${[`${paint('red', error.code)} ${error.message}`, ...fieldsOf(error)].join('\n')}\n`)
    terminal.err(`More: docs/errors/${error.code}.md\n`)
    return error.code === 'RUN_INTERRUPTED' ? exitCode.interrupted : exitCode.failed
  }
  terminal.err(`${paint('red', 'INTERNAL')} Something went wrong.\n`)
  terminal.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return exitCode.failed
}

/** What a refused input says of each field; the messages are the contract's and hold no value. */
function fieldsOf({ data }: TenantryError): string[] {
  const fields = data?.['fields']
  if (typeof fields !== 'object' || fields === null) return []
  return Object.entries(fields).map(([field, messages]) => `  ${field || 'input'}: ${String(messages)}`)
}
