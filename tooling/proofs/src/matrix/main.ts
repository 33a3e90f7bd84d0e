import { Command } from 'commander'
import { startServer } from '@tenantry/local-postgres'
import { figuresOf, tableOf } from './report.ts'
import { runMatrix } from './run.ts'
import { openStage } from './stage.ts'

/** `pnpm matrix`: asks every procedure as every kind of caller for every kind of row. Exit code 1 when the policy is not met. */
const options = new Command('matrix')
  .description('Asks every procedure as every kind of caller for every kind of row, and compares the answers with the policy.')
  .option('--json', 'print one object with the figures')
  .addHelpText('after', '\nExamples:\n  pnpm matrix\n  pnpm matrix --json')
  .parse()
  .opts<{ json?: true }>()

report('Starting two PostgreSQL servers')
await using main = await startServer({ ephemeral: true, durable: false })
await using elsewhere = await startServer({ ephemeral: true, durable: false })
report('Setting up the companies')
await using stage = await openStage({ main: addressOf(main), elsewhere: addressOf(elsewhere) })
const result = await runMatrix(stage, (done, total) => report(`Asking: ${done} of ${total} procedures`))
report('')

const figures = figuresOf(result)
if (options.json) console.log(JSON.stringify({ ...figures, table: result.cells }))
else {
  console.log(tableOf(result))
  for (const failure of figures.failures) console.log(`✗ ${failure}`)
  console.log(`\n${figures.asExpected} of ${figures.cells} decisions as the policy says`)
  console.log(`${figures.likeMissing} of ${figures.comparedWithMissing} answers about rows of others are those about no row at all`)
}
process.exitCode = figures.failures.length === 0 ? 0 : 1

function addressOf({ host, port, superuser, password }: typeof main) {
  return { host, port, user: superuser, password }
}

function report(step: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${step}`)
}
