import { readEnv } from './env.ts'
import { runCli } from './run-cli.ts'
import type { ExitCode } from './exit-code.ts'
import { openShell, type Shell } from './shell.ts'

export interface ShellFacts {
  isScreen?: boolean
  env?: Record<string, string>
  root?: string
  /** What somebody at the keyboard answers, in order. Without it nobody is there. */
  types?: string[]
  /** What stands on stdin. */
  stdin?: string
  /** Somebody presses Ctrl-C when this has been said, and what it announces is under way. */
  interruptAt?: string
}

/** A shell as a program has it (`isScreen: false`) or as a person does, and what was written to it. */
export function shellFor({
  isScreen = false,
  env = {},
  root = '/nowhere',
  types,
  stdin = '',
  interruptAt,
}: ShellFacts): {
  shell: Shell
  said: () => { out: string; err: string }
} {
  let out = ''
  let err = ''
  const terminal = {
    out: (text: string) => void (out += text),
    err: (text: string) => {
      err += text
      if (text === interruptAt) process.nextTick(() => process.emit('SIGINT'))
    },
    ask: async (question: string) => {
      err += question
      return types?.shift()
    },
    readInput: async () => stdin,
    inIsScreen: types !== undefined,
    outIsScreen: isScreen,
    errIsScreen: false,
    useColor: false,
  }
  return { shell: openShell(terminal, readEnv(env), root), said: () => ({ out, err }) }
}

/** Runs a command line there. */
export async function run(
  args: string[],
  facts: ShellFacts = {},
): Promise<{ code: ExitCode; out: string; err: string }> {
  const { shell, said } = shellFor(facts)
  const code = await runCli(args, shell)
  return { code, ...said() }
}
