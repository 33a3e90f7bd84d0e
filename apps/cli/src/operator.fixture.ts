import { urlOf } from '@tenantry/connections/target'
import { generateKey } from '@tenantry/credentials/keyring'
import { createAppDatabase } from '@tenantry/testing/app-database'
import { adminOf } from '@tenantry/testing/databases'
import { lookInto } from '@tenantry/testing/look-into'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServersFile } from './servers-file.ts'
import { run, type ShellFacts } from './shell.fixture.ts'

/** What an operator has: an application database, two servers, their file, and an environment that names all of it. */
export async function stageOperator() {
  const database = await createAppDatabase(mainServer())
  const folder = mkdtempSync(join(tmpdir(), 'operator-test-'))
  const servers = { main: adminOf(mainServer(), 'postgres'), other: adminOf(elsewhereServer(), 'postgres') }
  const file: ServersFile = {
    application: urlOf(database.admin),
    servers: {
      main: { url: urlOf(servers.main), region: 'eu' },
      other: { url: urlOf(servers.other), region: 'us' },
      // As the documents name them.
      'eu-1': { url: urlOf(servers.main), region: 'eu' },
      'us-1': { url: urlOf(servers.other), region: 'us' },
    },
  }
  const serversFile = join(folder, 'servers.json')
  writeFileSync(serversFile, JSON.stringify(file), { mode: 0o600 })
  const env = {
    APP_DATABASE_URL: urlOf(database.app),
    TENANTRY_KEYS: `k1:${generateKey()}`,
    TENANTRY_SERVERS_FILE: serversFile,
    APP_ORIGIN: 'https://crm.example.com',
    FILES_FOLDER: join(folder, 'files'),
  }
  /** What must never be printed. */
  const secrets = [
    env.TENANTRY_KEYS.slice(3),
    database.app.password(),
    servers.main.password(),
    servers.other.password(),
  ]
  const said: string[] = []
  const operate = async (args: string[], facts: Omit<ShellFacts, 'env'> = {}) => {
    const result = await run(args, { env, ...facts })
    said.push(result.out, result.err)
    return { ...result, data: result.out === '' ? undefined : (JSON.parse(result.out) as unknown) }
  }
  const close = async () => {
    rmSync(folder, { recursive: true, force: true })
    await database.drop()
  }
  return {
    env,
    folder,
    serversFile,
    servers,
    secrets,
    /** Everything that was printed so far. */
    said: () => said.join('\n'),
    operate,
    askApp: (text: string, parameters: unknown[] = []) => lookInto(database.admin, text, parameters),
    ask: (server: keyof typeof servers, text: string, parameters: unknown[] = []) =>
      lookInto(servers[server], text, parameters),
    askTenant: (server: keyof typeof servers, database: string, text: string) =>
      lookInto({ ...servers[server], database }, text),
    close,
  }
}

export function creationOf(slug: string): string[] {
  return [
    'tenant',
    'create',
    slug,
    '--name',
    `The ${slug}`,
    '--trade',
    'dj',
    '--owner-email',
    `ada@${slug}.example`,
    '--owner-name',
    'Ada',
  ]
}
