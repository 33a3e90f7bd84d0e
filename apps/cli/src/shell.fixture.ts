import { readEnv } from './env.ts'
import { runCli } from './run-cli.ts'
import type { ExitCode } from './exit-code.ts'
import { openShell } from './shell.ts'

/** Runs a command line as a program would (`isScreen: false`) or as a person sees it. */
export async function run(
  args: string[],
  {
    isScreen = false,
    env = {},
    root = '/nowhere',
  }: { isScreen?: boolean; env?: Record<string, string>; root?: string } = {},
): Promise<{ code: ExitCode; out: string; err: string }> {
  let out = ''
  let err = ''
  const terminal = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    outIsScreen: isScreen,
    errIsScreen: false,
    useColor: false,
  }
  const code = await runCli(args, openShell(terminal, readEnv(env), root))
  return { code, out, err }
}
