import { Command } from 'commander'
import { tableOf, violationsOf } from './report.ts'
import { runKills, sizesOf } from './run.ts'
import { atLeastOne, say } from '../terminal.ts'

/** `pnpm kills`: exit code 1 when a write was lost, halved or misplaced, a call hung, or an exception was not caught. */
const options = new Command('kills')
  .description(
    'Kills backends, connections and servers under load, and compares what callers were told with what is stored.',
  )
  .option(
    '--count <number>',
    'backends to kill; connections cut are a fifth, killed servers a fiftieth of it',
    atLeastOne,
    1000,
  )
  .option('--json', 'print one object with the figures')
  .addHelpText('after', '\nExamples:\n  pnpm kills\n  pnpm kills --count 100\n  pnpm kills --count 1000 --json')
  .parse()
  .opts<{ count: number; json?: true }>()

const sizes = sizesOf(options.count)
const result = await runKills(sizes, say)
say('')
const violations = violationsOf(result)
if (options.json) console.log(JSON.stringify({ ok: violations.length === 0, sizes, ...result, violations }))
else {
  console.log(`${tableOf(result)}\n`)
  console.log(violations.length === 0 ? 'Nothing lost, halved or misplaced.' : violations.join('\n'))
}
process.exitCode = violations.length === 0 ? 0 : 1
