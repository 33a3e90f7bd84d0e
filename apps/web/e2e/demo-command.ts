import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { checkout, demoEnvironment, demoFolder } from './env.ts'

/** Runs `tenantry …` on the demo that the pages are served from, and gives what it says. */
export async function tenantry<Said>(...args: string[]): Promise<Said> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['apps/cli/dist/tenantry.mjs', ...args, '--json', '--quiet'],
    { cwd: checkout, env: demoEnvironment },
  )
  // The caller names what its own command says.
  return JSON.parse(stdout) as Said
}

/** The owner of the demo's application database, for what only time does otherwise. */
export function applicationDatabase() {
  const { application } = JSON.parse(readFileSync(join(demoFolder, 'servers.json'), 'utf8')) as { application: string }
  const { hostname: host, port, pathname, username: user, password } = new URL(application)
  const database = pathname.slice(1)
  return { host, port: Number(port), database, user, password: () => decodeURIComponent(password), tls: 'off' } as const
}
