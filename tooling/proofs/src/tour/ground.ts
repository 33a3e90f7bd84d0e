import { bundleCli } from '@tenantry/cli/bundle-cli'
import { type Target, urlOf } from '@tenantry/connections/target'
import { generateKey } from '@tenantry/credentials/keyring'
import { startServer, type LocalServer } from '@tenantry/local-postgres'
import { ensureLegacyDatabase } from '@tenantry/tenant-transfer/legacy'
import { createAppDatabase } from '@tenantry/testing/app-database'
import { adminOf } from '@tenantry/testing/databases'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { movedCompany, stayingLegacyTenantId } from './moved-company.ts'

/** Two servers: the application's, in which the old tables stand beside its own, and the one of the tenants. */
export interface Ground extends AsyncDisposable {
  application: Target
  /** The login of the web application: before the move it works in the old tables. */
  applicationRole: string
  tenants: Target
  /** The built command line: starting it from its source takes longer than most commands. */
  program: readonly string[]
  /** Settings of commands and of the web application. */
  environment: Record<string, string>
  /** Keys, newest first, for whatever is started from now on. */
  writeKeys(...keys: string[]): void
}

export const keys = { old: `k1:${generateKey()}`, next: `k2:${generateKey()}` }

export async function openGround(onProgress: (step: string) => void): Promise<Ground> {
  onProgress('Starting two PostgreSQL servers')
  const [appServer, tenantServer] = await Promise.all([
    startServer({ ephemeral: true }),
    startServer({ ephemeral: true }),
  ])
  onProgress('Making the application database, with the old tables in it')
  const database = await createAppDatabase(addressOf(appServer))
  const applicationRole = database.app.user
  await ensureLegacyDatabase(database.admin, {
    legacyRole: applicationRole,
    companies: [movedCompany.legacyTenantId, stayingLegacyTenantId].map((legacyTenantId) => ({
      legacyTenantId,
      memberIds: [],
    })),
  })
  const folder = makeTemporaryFolder()
  const tenants = adminOf(addressOf(tenantServer), 'postgres')
  const [serversFile, keysFile] = [join(folder, 'servers.json'), join(folder, 'keys')]
  writeSecret(
    serversFile,
    JSON.stringify({
      application: urlOf(database.admin),
      servers: { tenants: { url: urlOf(tenants), region: 'here' } },
    }),
  )
  const writeKeys = (...lines: string[]) => writeSecret(keysFile, `${lines.join('\n')}\n`)
  writeKeys(keys.old)
  return {
    application: database.admin,
    applicationRole,
    tenants,
    program: [await bundleCli(join(folder, 'command-line'))],
    environment: {
      APP_DATABASE_URL: urlOf(database.app),
      TENANTRY_KEYS_FILE: keysFile,
      TENANTRY_SERVERS_FILE: serversFile,
    },
    writeKeys,
    async [Symbol.asyncDispose]() {
      await Promise.all([appServer.stop(), tenantServer.stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function addressOf({ host, port, superuser, password }: LocalServer) {
  return { host, port, user: superuser, password }
}

export function writeSecret(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 })
}
