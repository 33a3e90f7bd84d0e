import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Target } from '@tenantry/connections/target'
import { fileURLToPath } from 'node:url'

/** A process of its own that starts a run, does one unit, begins another and is killed in the middle of it. */
export async function runAndBeKilled(target: Target, subject: string): Promise<void> {
  const open = fileURLToPath(new URL('../open.ts', import.meta.url))
  const { host, port, database, user } = target
  const program = `
    import { openAppDb } from ${JSON.stringify(open)}
    let input = ''
    for await (const chunk of process.stdin) input += chunk
    const { password, subject, ...address } = JSON.parse(input)
    const { runs } = openAppDb({ target: { ...address, tls: 'off', password: () => password } })
    const run = await runs.start({ kind: 'test.killed', subject, input: { size: 3 }, startedBy: 'ines' })
    await run.unit('first', async () => ({ made: 'once' }))
    await run.unit('second', () => {
      console.log('in the middle')
      return new Promise((resolve) => setTimeout(resolve, 600_000))
    })`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
  })
  child.stdin.end(JSON.stringify({ host, port, database, user, password: target.password(), subject }))
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
}
