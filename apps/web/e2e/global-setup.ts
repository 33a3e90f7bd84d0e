import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const web = join(import.meta.dirname, '..')

/**
 * Starts the demo as anybody does, with a folder and a port of its own, and serves the built pages. With
 * TENANTRY_E2E_ORIGIN set, the tests run against the demo that is there, in TENANTRY_E2E_FOLDER or this checkout's.
 */
export default async function startDemo(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TENANTRY_E2E_ORIGIN !== undefined) return undefined
  if (!existsSync(join(web, '.next', 'BUILD_ID'))) throw new Error('There are no built pages. Run `pnpm build` first.')
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-e2e-'))
  const port = await freePort()
  const demo = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      'apps/cli/src/main.ts',
      'demo',
      'start',
      '--built',
      '--json',
      '--quiet',
      '--port',
      String(port),
    ],
    {
      cwd: join(web, '..', '..'),
      env: { ...process.env, TENANTRY_FOLDER: folder, APP_DATABASE_URL: '', LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const ended = once(demo, 'exit')
  // It prints its summary once everything answers.
  await Promise.race([
    once(demo.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('The demo did not start; see above.'))),
  ])
  process.env.TENANTRY_E2E_FOLDER = folder
  process.env.TENANTRY_E2E_ORIGIN = `http://localhost:${port}`
  return async () => {
    demo.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}
