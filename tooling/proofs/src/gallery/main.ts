import { Command } from 'commander'
import { groups } from './groups.ts'
import { judge } from './judge.ts'
import { summarise, tableOf } from './report.ts'

/** `pnpm gallery`: compiles wrong programs and shows that each is refused. Exit code 1 when one is not. */
const options = new Command('gallery')
  .description('Compiles programs that send a query to the wrong database, and shows what refuses each of them.')
  .option('--json', 'print one object with the figures')
  .addHelpText('after', '\nExamples:\n  pnpm gallery\n  pnpm --silent gallery --json')
  .parse()
  .opts<{ json?: true }>()

const verdicts = await judge(groups)
const summary = summarise(verdicts)
console.log(options.json ? JSON.stringify({ ...summary, programs: verdicts }) : tableOf(verdicts, summary))
process.exitCode = summary.ok ? 0 : 1
