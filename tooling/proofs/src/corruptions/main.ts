import { startServer } from '@tenantry/local-postgres'
import { Command } from 'commander'
import { runCorruptions, type CorruptionsResult } from './run.ts'
import { atLeastOne, say } from '../terminal.ts'

/** `pnpm corruptions`: exit code 1 when `verify` missed one, named one that was none, or a run did not repair it. */
const options = new Command('corruptions')
  .description('Spoils random rows and values of a company that has moved in, and looks whether `verify` names each.')
  .option('--count <number>', 'how many', atLeastOne, 1000)
  .option('--seed <number>', 'the same ones again', atLeastOne, Date.now() % 1_000_000_000)
  .option('--json', 'print one object with the figures')
  .addHelpText(
    'after',
    '\nExamples:\n  pnpm corruptions\n  pnpm corruptions --count 100 --seed 7\n  pnpm --silent corruptions --count 1000 --json',
  )
  .parse()
  .opts<{ count: number; seed: number; json?: true }>()

await using server = await startServer({ ephemeral: true, durable: false })
const { host, port, superuser: user, password } = server
const result = await runCorruptions({ host, port, user, password }, { ...options, onProgress: say })
say('')
console.log(options.json ? JSON.stringify(result) : sentencesOf(result))
process.exitCode = result.ok ? 0 : 1

function sentencesOf({ ok, seed, count, found, missed, falseAlarms, unrepaired, byWhat }: CorruptionsResult): string {
  return [
    ...Object.entries(byWhat).map(([what, times]) => `${String(times).padStart(6)} × ${what}`),
    '',
    `${found} of ${count} were named by table, key and column; ${falseAlarms.length} false alarms; ${unrepaired} times a run did not bring everything back. Seed ${seed}.`,
    ...missed.map((one) => `missed: ${one.what} in ${one.table} ${one.key} ${one.column ?? ''}`),
    ...falseAlarms.map(({ table, key, columns }) => `false alarm: ${table} ${key} ${columns.join(', ')}`),
    ...(ok ? [] : ['Not every corruption was seen for what it is.']),
  ].join('\n')
}
