import { startServer } from '@tenantry/local-postgres'
import { Command } from 'commander'
import { plants } from './plants.ts'
import { holds, renderCatalogue } from './report.ts'
import { lookAtHealthy, runPlants } from './run.ts'
import { openStage } from './stage.ts'

/** `pnpm drift-catalogue`: exit code 1 when a drift was not found, not repaired, or a healthy database was suspected. */
const options = new Command('drift-catalogue')
  .description('Plants drifts in the schema of a tenant database, and looks whether each is found and repaired.')
  .option('--json', 'print one object')
  .addHelpText('after', '\nExamples:\n  pnpm drift-catalogue\n  pnpm --silent drift-catalogue --json')
  .parse()
  .opts<{ json?: true }>()

const say = (text: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
}
const server = await startServer({ ephemeral: true, durable: false })
try {
  const { host, port, superuser: user, password } = server
  await using stage = await openStage({ host, port, user, password })
  const catalogue = { healthy: await lookAtHealthy(stage), plants: await runPlants(stage, plants, say) }
  say('')
  const ok = holds(catalogue)
  console.log(options.json ? JSON.stringify({ ok, ...catalogue }) : renderCatalogue(catalogue))
  process.exitCode = ok ? 0 : 1
} finally {
  await server.stop()
}
