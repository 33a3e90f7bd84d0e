import { Command } from 'commander'
import { runCrashMatrix, violationsOf, type StageResult } from './run.ts'
import { stages } from './stages.ts'
import { atLeastOne, say } from '../terminal.ts'

/** `pnpm crash-matrix`: exit code 1 when something was made twice, or left behind, or a command did not go on. */
const options = new Command('crash-matrix')
  .description('Kills long commands at each of their points with SIGKILL, runs them again and examines what is there.')
  .option('--every <number>', 'kill at every n-th point', atLeastOne, 1)
  .option('--only <name>', 'stages whose name has this in it')
  .option('--json', 'print one object with the figures')
  .addHelpText(
    'after',
    '\nExamples:\n  pnpm crash-matrix\n  pnpm crash-matrix --every 4\n  pnpm crash-matrix --only create --json',
  )
  .parse()
  .opts<{ every: number; only?: string; json?: true }>()

const chosen = stages.filter(({ name }) => name.includes(options.only ?? ''))
const results = await runCrashMatrix({ stages: chosen, every: options.every, say })
say('')
const violations = violationsOf(results)
const killsOf = ({ kills: made }: StageResult) => made.filter(({ point }) => point !== 'none').length
const kills = results.reduce((sum, stage) => sum + killsOf(stage), 0)
const ok = violations.length === 0 && kills > 0
if (options.json) console.log(JSON.stringify({ ok, kills, stages: results, violations }))
else {
  for (const stage of results) console.log(`${stage.name}: ${killsOf(stage)} kills at ${stage.points} points`)
  console.log(ok ? 'Exactly one of everything, and nothing left behind.' : violations.join('\n'))
}
process.exitCode = ok ? 0 : 1
