import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkoutRoot } from '../shell.ts'

export interface RunbookCommand {
  /** As it stands in the document, without the comment. */
  line: string
  /** What the command line gets. */
  args: string[]
  exitCode: number
}

/** The commands of a runbook's code blocks, in their order; `# exit code 3` behind one says how it ends. */
export function commandsOf(runbook: string): RunbookCommand[] {
  const text = readFileSync(join(checkoutRoot, 'docs/runbooks', runbook), 'utf8')
  return [...text.matchAll(/^```\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block]) => (block ?? '').split('\n'))
    .filter((line) => line !== '')
    .map((line) => {
      const [command = '', comment = ''] = line.split('#')
      const [pnpm, tenantry, ...args] = command.trim().split(/\s+/)
      if (pnpm !== 'pnpm' || tenantry !== 'tenantry') throw new Error(`not a command of the project: ${line}`)
      return { line: command.trim(), args, exitCode: Number(/exit code (\d+)/.exec(comment)?.[1] ?? 0) }
    })
}
