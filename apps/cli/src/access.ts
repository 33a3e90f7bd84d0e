import { openAppDb, type AppDbConnection } from '@tenantry/app-db/open'
import { parseTarget, type Target } from '@tenantry/connections/target'
import { parseKeyring, type Keyring } from '@tenantry/credentials/keyring'
import { openDataSources, type DataSources } from '@tenantry/data-sources'
import { TenantryError } from '@tenantry/errors'
import { openFileStore } from '@tenantry/files/open'
import type { FileStore } from '@tenantry/files/store'
import { openLogger } from '@tenantry/telemetry/logger'
import { userInfo } from 'node:os'
import { appRole } from './demo/build-world.ts'
import { findRunningDemo } from './demo/running-demo.ts'
import { appDatabaseName } from './demo/servers.ts'
import type { Shell } from './shell.ts'

/** How to reach the application database, and the keyring's text. */
export interface Configuration {
  target: Target
  keys: string
  /** Where the settings come from, for `doctor`. */
  source: 'environment' | 'demo'
}

/** From the environment; where it says nothing, from the demo of this checkout while it runs. */
export function findConfiguration({ env, demoFolder }: Shell): Configuration {
  if (env.APP_DATABASE_URL !== undefined && env.TENANTRY_KEYS !== undefined) {
    const { user, password, ...address } = parseTarget(env.APP_DATABASE_URL)
    if (user === undefined || password === undefined) {
      throw new TenantryError('CONFIGURATION_INVALID', { message: 'APP_DATABASE_URL must name a user and a password.' })
    }
    return { source: 'environment', keys: env.TENANTRY_KEYS, target: { ...address, user, password: () => password } }
  }
  const [ports, secrets] = [demoFolder.ports.read(), demoFolder.secrets.read()]
  if (ports === undefined || secrets === undefined || findRunningDemo(demoFolder) === undefined) {
    throw new TenantryError('CONFIGURATION_INVALID', {
      message:
        'Set APP_DATABASE_URL and TENANTRY_KEYS (or TENANTRY_KEYS_FILE), or start the local demo with `pnpm dev` in another terminal.',
    })
  }
  return {
    source: 'demo',
    keys: secrets.keys,
    target: {
      host: '127.0.0.1',
      port: ports.app,
      database: appDatabaseName,
      user: appRole,
      password: () => secrets.appPassword,
      tls: 'off',
    },
  }
}

export interface Access {
  app: AppDbConnection
  dataSources: DataSources
  keyring: Keyring
  /** Undefined where no place for files is configured. */
  files: FileStore | undefined
  /** Who the audit log will name: the person at the keyboard. */
  operatorName: string
}

/** Opens both planes for one command and closes them after it. */
export async function withAccess<T>(shell: Shell, work: (access: Access) => Promise<T>): Promise<T> {
  const { target, keys } = findConfiguration(shell)
  const logger = openLogger({ level: shell.env.LOG_LEVEL })
  const keyring = parseKeyring(keys)
  await using app = openAppDb({ target: { ...target, applicationName: 'tenantry-cli' } })
  await using dataSources = openDataSources({ appDb: app.db, keyring, logger })
  await using files = findFileStore(shell)
  return await work({ app, dataSources, keyring, files, operatorName: userInfo().username })
}

/** The place of the same installation as the database: what the environment names, or the folder of the demo. */
export function findFileStore(shell: Shell): FileStore | undefined {
  const { source } = findConfiguration(shell)
  return openFileStore(source === 'demo' ? { FILES_FOLDER: shell.demoFolder.filesFolder } : shell.env)
}
