import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { failed } from './failures.ts'
import type { RunAs } from './run-as.ts'
import type { Watchdog } from './watchdog.ts'

const majorVersion = '18'

/**
 * Makes the cluster in `<folder>/data` unless it is there, and gives the superuser's password, kept beside it (0600).
 * A cluster half made by a process that was killed is thrown away: only a finished one gets the name `data`.
 */
export async function createCluster(options: {
  folder: string
  durable: boolean
  runAs: RunAs
  watchdog: Watchdog
  onProgress: ((step: string) => void) | undefined
}): Promise<string> {
  const { folder, runAs } = options
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'superuser-password')
  try {
    if (existsSync(data)) {
      if (readFileSync(join(data, 'PG_VERSION'), 'utf8').trim() !== majorVersion) {
        throw failed('database files are incompatible with server', { folder })
      }
      return readFileSync(passwordFile, 'utf8').trim()
    }
    options.onProgress?.('Creating a PostgreSQL cluster')
    const password = randomBytes(24).toString('base64url')
    rmSync(passwordFile, { force: true })
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    rmSync(`${data}.new`, { recursive: true, force: true })
    runAs.own(folder)
    await runInitdb(options, passwordFile)
    renameSync(`${data}.new`, data)
    return password
  } catch (cause) {
    throw failed(cause, { folder })
  }
}

async function runInitdb(
  { folder, durable, runAs, watchdog }: { folder: string; durable: boolean; runAs: RunAs; watchdog: Watchdog },
  passwordFile: string,
): Promise<void> {
  const args = [
    `--pgdata=${join(folder, 'data.new')}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Names sort as people expect on every machine, with no locale installed.
    '--locale=C',
    '--locale-provider=icu',
    '--icu-locale=en-US',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]
  const child = runAs.spawn('initdb', args, ['ignore', 'ignore', 'pipe'])
  if (child.pid !== undefined) watchdog.watch(child.pid)
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (words += chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  watchdog.watch(undefined)
  if (code !== 0) throw failed(words.trim() || 'PostgreSQL could not create its data folder.', { folder })
}
