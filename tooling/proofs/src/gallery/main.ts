import { Command } from 'commander'
import { groups } from './groups.ts'
import { judge } from './judge.ts'
import { printTable, summarise } from './report.ts'

/** `pnpm gallery`: compiles wrong programs and shows that each is refused. Exit code 1 when one is not. */
const options = new Command('gallery')
  .description('Compiles programs that send a query to the wrong database, and shows what refuses each of them.')
  .option('--json', 'print one object with the figures')
  .addHelpText('after', '\nExamples:\n  pnpm gallery\n  pnpm gallery --json')
  .parse()
  .opts<{ json?: true }>()

const verdicts = await judge(groups)
const summary = summarise(verdicts)
if (options.json) console.log(JSON.stringify({ ...summary, programs: verdicts }))
else printTable(verdicts, summary)
process.exitCode = summary.ok ? 0 : 1
