import { Command } from 'commander'
import { atLeastOne, say } from '../terminal.ts'
import { runYear } from './run-year.ts'
import type { Sizes } from './year.ts'

/** `pnpm year`: exit code 1 when the audit finds a difference, or somebody was answered otherwise than they must be. */
const { json, ...sizes } = new Command('year')
  .description('Drives one company through its year over HTTP, and recomputes afterwards what its rows must say.')
  .option('--leads <number>', 'people who ask', atLeastOne, 200)
  .option('--events <number>', 'of them, those who buy an evening', atLeastOne, 60)
  .option('--contacts <number>', 'of whom a file is imported and taken back', atLeastOne, 10_000)
  .option('--clients <number>', 'who work at the same time', atLeastOne, 6)
  .option('--json', 'print one object with the figures')
  .addHelpText(
    'after',
    '\nExamples:\n  pnpm year\n  pnpm year --leads 20 --events 6 --contacts 100\n  pnpm --silent year --json',
  )
  .parse()
  .opts<Sizes & { json?: true }>()

const { counts, checked, findings, seconds } = await runYear(sizes, { say })
say('')
const ok = findings.length === 0
if (json) console.log(JSON.stringify({ ok, sizes, counts, checked, findings, seconds }))
else {
  console.log(`Done: ${words(counts)}.\nRecomputed: ${words(checked)}.`)
  console.log(
    ok
      ? '\nNo difference.'
      : `\n${findings.map(({ check, record, says, should }) => `${check}: ${record} says ${says} instead of ${should}`).join('\n')}`,
  )
}
process.exitCode = ok ? 0 : 1

function words(numbers: Record<string, number>): string {
  return Object.entries(numbers)
    .map(([what, number]) => `${number} ${what}`)
    .join(', ')
}
