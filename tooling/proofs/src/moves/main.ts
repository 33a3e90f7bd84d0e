import { Command, InvalidArgumentError } from 'commander'
import { slownessOf, tableOf, violationsOf } from './report.ts'
import { runMoves } from './run.ts'

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

/** On stderr and only for people, so that the output stays what it is. */
function say(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
}

function atLeastOne(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Give a whole number of at least 1.')
  return count
}
