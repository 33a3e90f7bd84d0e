import { Command } from 'commander'
import { slownessOf, tableOf, violationsOf } from './report.ts'
import { runMoves } from './run.ts'
import { atLeastOne, say } from '../terminal.ts'

/** `pnpm moves`: exit code 1 when a write landed in a database that had been left, or a suspension took too long. */
const options = new Command('moves')
  .description(
    'Moves a tenant between two databases while processes write, with listeners dead and notifications lost.',
  )
  .option('--count <number>', 'changes of the data source, over all troubles', atLeastOne, 1000)
  .option('--processes <number>', 'processes that write', atLeastOne, 4)
  .option('--json', 'print one object with the figures')
  .addHelpText(
    'after',
    '\nExamples:\n  pnpm moves\n  pnpm moves --count 100\n  pnpm --silent moves --count 1000 --json',
  )
  .parse()
  .opts<{ count: number; processes: number; json?: true }>()

const result = await runMoves({ changes: options.count, processes: options.processes }, say)
say('')
const violations = [...violationsOf(result), ...slownessOf(result)]
if (options.json) console.log(JSON.stringify({ ok: violations.length === 0, ...result, violations }))
else console.log(`${tableOf(result)}\n\n${violations.length === 0 ? 'No write went astray.' : violations.join('\n')}`)
process.exitCode = violations.length === 0 ? 0 : 1
