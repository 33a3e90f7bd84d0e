import type { World } from '@tenantry/testing/world'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** A campaign in a process of its own, which is killed so long after it has begun. Gives how far it came. */
export async function runAndBeKilled(
  { appTarget, keys }: Pick<World<string>, 'appTarget' | 'keys'>,
  folder: string,
  afterMs: number,
): Promise<{ wasKilled: boolean }> {
  const path = (file: string) => JSON.stringify(fileURLToPath(new URL(file, import.meta.url)))
  const program = `
    import { openAppDb } from '@tenantry/app-db/open'
    import { parseKeyring } from '@tenantry/credentials/keyring'
    import { claimCampaign } from ${path('claim-campaign.ts')}
    import { runCampaign } from ${path('run-campaign.ts')}
    let text = ''
    for await (const chunk of process.stdin) text += chunk
    const { password, keys, folder, ...address } = JSON.parse(text)
    const app = openAppDb({ target: { ...address, password: () => password } })
    const tenants = await app.serviceAccess.tenants()
    const run = await claimCampaign(app.runs, { folder, only: [], canary: [], operatorName: 'ines' })
    console.log('begun')
    await runCampaign({ run, tenants, keyring: parseKeyring(keys), folder, atOnce: 2 })
    await run.finish('done')
    await app.close()`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  })
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>
  child.stdin.end(JSON.stringify({ ...appTarget, password: appTarget.password(), keys, folder }))
  await Promise.race([once(child.stdout, 'data'), ended])
  await Promise.race([sleep(afterMs), ended])
  child.kill('SIGKILL')
  const [, signal] = await ended
  return { wasKilled: signal === 'SIGKILL' }
}
