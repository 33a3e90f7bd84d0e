import { Command, InvalidArgumentError } from 'commander'
import { faults } from './faults.ts'
import { isNoticed, judge, type Verdict } from './judge.ts'

/** `pnpm sabotage`: plants faults in a copy and shows which test goes red. Exit code 1 when a fault goes unnoticed. */
const options = new Command('sabotage')
  .description('Takes one guard after the other away, in a copy of the project, and shows which test notices.')
  .option('--json', 'print one object with the figures')
  .option('--only <texts...>', 'only faults whose names contain one of these')
  .option('--every <number>', 'only every so many-th fault', countOf, 1)
  .addHelpText(
    'after',
    '\nExamples:\n  pnpm sabotage\n  pnpm sabotage --only membership\n  pnpm sabotage --every 3\n  pnpm --silent sabotage --json',
  )
  .parse()
  .opts<{ json?: true; only?: string[]; every: number }>()

const chosen = faults
  .filter(({ name }) => options.only?.some((text) => name.includes(text)) ?? true)
  .filter((_fault, index) => index % options.every === 0)
let known = 0
const verdicts = await judge(chosen, (verdict) => {
  known += 1
  if (process.stderr.isTTY && !options.json) process.stderr.write(`\r\u001b[2K${known} of ${chosen.length}`)
  if (!options.json) process.stderr.write(`${process.stderr.isTTY ? '\r\u001b[2K' : ''}${lineOf(verdict)}\n`)
})
const noticed = verdicts.filter(isNoticed).length
const ok = noticed === verdicts.length && verdicts.length > 0
console.log(
  options.json
    ? JSON.stringify({ ok, planted: verdicts.length, noticed, faults: verdicts })
    : `\n${noticed} of ${verdicts.length} planted faults turn their test red`,
)
process.exitCode = ok ? 0 : 1

function countOf(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Use a whole number above 0.')
  return count
}

function lineOf(verdict: Verdict): string {
  if (isNoticed(verdict)) return `✓ ${verdict.fault}\n    red: ${verdict.test}`
  const why = verdict.sound === 'passed' ? `with the fault: ${verdict.planted}` : `already ${verdict.sound} without it`
  return `✗ ${verdict.fault}\n    ${why}: ${verdict.test}`
}
