import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { root } from '../project-copy.ts'

export interface CommandAnswer {
  code: number
  /** What it printed as `--json`; undefined when that is not one value. */
  data: unknown
  err: string
}

/** What Node is given to start the command line, before a command. */
export const fromSource = ['--import', 'tsx', 'apps/cli/src/main.ts']

/** `pnpm tenantry …` as somebody would type it, in a process of its own. */
export async function runCommand(
  line: string,
  environment: Record<string, string>,
  program: readonly string[] = fromSource,
): Promise<CommandAnswer> {
  const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, inQuotes, plain]) => inQuotes ?? plain ?? '')
  const [pnpm, tenantry, ...rest] = args
  if (pnpm !== 'pnpm' || tenantry !== 'tenantry') throw new Error(`not a command of the project: ${line}`)
  const child = spawn(process.execPath, [...program, ...rest, '--json'], {
    cwd: root,
    env: onlyWith(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code: code ?? 1, data: parsed(out), err }
}

/** Nothing of whoever runs the tour: its settings are its own. */
export function onlyWith(settings: Record<string, string>): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], NODE_ENV: 'development', NO_COLOR: '1', ...settings }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
