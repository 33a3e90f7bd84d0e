import { startServer, type LocalServer } from '@tenantry/local-postgres'
import { Command } from 'commander'
import { figuresOf, sentenceOf, tableOf } from './report.ts'
import { runMatrix } from './run.ts'
import { openStage } from './stage.ts'
import { say } from '../terminal.ts'

/** `pnpm matrix`: exit code 1 when one decision is not the policy's, or a foreign row can be told from a missing one. */
const options = new Command('matrix')
  .description('Asks every procedure as every kind of caller for every kind of row, and compares with the policy.')
  .option('--json', 'print one object with the figures')
  .addHelpText('after', '\nExamples:\n  pnpm matrix\n  pnpm matrix --json')
  .parse()
  .opts<{ json?: true }>()

say('Starting two servers')
await using main = await startServer({ ephemeral: true, durable: false })
await using elsewhere = await startServer({ ephemeral: true, durable: false })
say('Setting up five companies')
await using stage = await openStage(addressOf(main), addressOf(elsewhere))
const result = await runMatrix(stage, {
  onProgress: (done, total) => say(`${done} of ${total} procedures`),
})
say('')
const figures = figuresOf(result)
if (options.json) console.log(JSON.stringify({ ok: result.failures.length === 0, ...figures }))
else console.log(`${tableOf(result)}\n\n${sentenceOf(figures)}`)
process.exitCode = result.failures.length === 0 ? 0 : 1

function addressOf({ host, port, superuser, password }: LocalServer) {
  return { host, port, user: superuser, password }
}
