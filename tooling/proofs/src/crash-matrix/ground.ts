import { openAppDb, type AppDbConnection } from '@tenantry/app-db/open'
import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { generateKey, parseKeyring, type Keyring } from '@tenantry/credentials/keyring'
import { openDataSources, type DataSources } from '@tenantry/data-sources'
import { startServer } from '@tenantry/local-postgres'
import { openLogger } from '@tenantry/telemetry/logger'
import { createAppDatabase } from '@tenantry/testing/app-database'
import { adminOf } from '@tenantry/testing/databases'
import { rmSync } from 'node:fs'
import { makeTemporaryFolder } from '../temporary-folder.ts'

/** A server of the matrix's own, so that every role and database on it can be accounted for, and an application database. */
export interface Ground extends AsyncDisposable {
  app: AppDbConnection
  appAdmin: Target
  appTarget: Target
  /** The superuser, connected to a database that is nobody's. */
  server: Target
  keys: string
  keyring: Keyring
  dataSources: DataSources
  /** For files. */
  folder: string
  ask(database: string, text: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>
}

export async function openGround(): Promise<Ground> {
  const local = await startServer({ ephemeral: true, durable: false })
  const address = { host: local.host, port: local.port, user: local.superuser, password: local.password }
  const { admin: appAdmin, app: appTarget } = await createAppDatabase(address)
  const server = adminOf(address, 'postgres')
  const keys = `k1:${generateKey()},k2:${generateKey()}`
  const keyring = parseKeyring(keys)
  const app = openAppDb({ target: appTarget })
  const dataSources = openDataSources({ appDb: app.db, keyring, logger: openLogger({ level: 'silent' }) })
  const folder = makeTemporaryFolder()
  return {
    app,
    appAdmin,
    appTarget,
    server,
    keys,
    keyring,
    dataSources,
    folder,
    ask: (database, text, parameters = []) =>
      withAdminConnection({ ...server, database }, (run) => run(text, parameters)),
    async [Symbol.asyncDispose]() {
      await dataSources.close()
      await app.close()
      await local.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A target as JSON for a program's stdin, and back. */
export type PlainTarget = Omit<Target, 'password'> & { password: string }

export function plainTarget(target: Target): PlainTarget {
  return { ...target, password: target.password() }
}

export function targetFrom({ password, ...address }: PlainTarget): Target {
  return { ...address, password: () => password }
}
