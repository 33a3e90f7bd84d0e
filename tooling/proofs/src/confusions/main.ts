import { Command } from 'commander'
import { confusions } from './confusions.ts'
import { sentenceOf, summarise, tableOf } from './report.ts'
import { runConfusion, runControl, type Control, type Outcome } from './run.ts'
import { Stage } from './stage.ts'
import { say } from '../terminal.ts'

/** `pnpm confusions`: exit code 1 when a confused request was answered, noticed by nobody, or not typed. */
const options = new Command('confusions')
  .description(
    'Confuses data sources of real databases in every way we know, and shows that no business statement runs.',
  )
  .option('--json', 'print one object with the figures')
  .addHelpText('after', '\nExamples:\n  pnpm confusions\n  pnpm confusions --json')
  .parse()
  .opts<{ json?: true }>()

say('Starting two servers')
await using stage = await Stage.open()
const controls: Control[] = []
for (const company of ['bloom', 'acme'] as const) controls.push(await runControl(stage, company))
const outcomes: Outcome[] = []
for (const [at, confusion] of confusions.entries()) {
  say(`${at + 1} of ${confusions.length}: ${confusion.name}`)
  outcomes.push(...(await runConfusion(stage, confusion)))
}
say('')
const summary = summarise(outcomes, controls)
if (options.json) console.log(JSON.stringify({ ...summary, outcomes, controls }))
else console.log(`${tableOf(outcomes, controls)}\n\n${sentenceOf(summary, outcomes.length)}`)
process.exitCode = summary.ok ? 0 : 1
