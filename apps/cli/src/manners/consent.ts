import type { Command } from 'commander'
import { Refusal } from '../exit-code.ts'
import type { Shell } from '../shell.ts'

/** Options of a command that writes. */
export interface WritingOptions {
  dryRun?: boolean
  yes?: boolean
  /** Commander's way to say `--no-input`. */
  input?: boolean
}

export function withWritingOptions(command: Command): Command {
  return command
    .option('--dry-run', 'say what would be done and do nothing')
    .option('--yes', 'do not ask whether to go on')
    .option('--no-input', 'never ask; refuse where an answer would be needed')
}

/** Asks before something that cannot be taken back easily. Throws Refusal when the answer is no or nobody can be asked. */
export async function askToGoOn({ terminal }: Shell, { yes, input }: WritingOptions, question: string): Promise<void> {
  if (yes === true) return
  if (input === false || !terminal.inIsScreen) throw new Refusal('Nobody can be asked here: say --yes to go on.')
  const answer = await terminal.ask(`${question} [y/N] `)
  if (!/^y(es)?$/i.test(answer?.trim() ?? '')) throw new Refusal('Nothing was done.')
}

/**
 * Asks for a name to be typed before what cannot be taken back at all; `--yes` is not enough, `--confirm <name>` is.
 * Throws Refusal otherwise.
 */
export async function askForName(
  { terminal }: Shell,
  { confirm, input }: WritingOptions & { confirm?: string },
  { name, question }: { name: string; question: string },
): Promise<void> {
  if (confirm === name) return
  if (confirm !== undefined) throw new Refusal(`--confirm names something else than ${name}. Nothing was done.`)
  if (input === false || !terminal.inIsScreen) {
    throw new Refusal(`Nobody can be asked here: say --confirm ${name} to go on.`)
  }
  const answer = await terminal.ask(`${question}\nType ${name} to go on: `)
  if (answer?.trim() !== name) throw new Refusal('That is another name. Nothing was done.')
}
