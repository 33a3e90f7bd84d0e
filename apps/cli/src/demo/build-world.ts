import { migrateAppDb, openAppDb } from '@tenantry/app-db/open'
import { hashPassword } from '@tenantry/auth'
import type { Target } from '@tenantry/connections/target'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { openDataSources } from '@tenantry/data-sources'
import { ensureDatabase } from '@tenantry/fleet/ensure-database'
import { openLogger } from '@tenantry/telemetry/logger'
import type { Progress } from '../progress.ts'
import { characters } from './characters.ts'
import type { DemoSecrets } from './demo-folder.ts'
import { ensureCompany, operatorName } from './ensure-company.ts'
import { ensureOperator } from './ensure-operator.ts'
import { addressIn } from './homes.ts'
import { ensureLegacyTables } from './legacy-company.ts'
import { appDatabaseName, type DemoServers } from './servers.ts'

/** The application's login: owns nothing and cannot change the schema. */
export const appRole = 'tenantry_app'

export interface DemoWorld {
  /** Where a company's data lives, for people: `127.0.0.1:5433/acme`. */
  addressOf(slug: string): string
}

/**
 * Databases, migrations, companies, people and their records. What is there already stays as it is; a start that was
 * interrupted goes on where it was.
 */
export async function buildWorld(given: {
  servers: DemoServers
  secrets: DemoSecrets
  progress: Progress
}): Promise<DemoWorld> {
  const { servers, secrets, progress } = given
  const admin: Target = { ...servers.app, database: appDatabaseName }
  await progress.step('Preparing the application database', async (detail) => {
    await ensureDatabase(servers.app, appDatabaseName)
    await migrateAppDb(admin, { appRole, appPassword: secrets.appPassword, onProgress: detail })
    await ensureLegacyTables(admin)
  })
  const target: Target = { ...admin, user: appRole, password: () => secrets.appPassword }
  await using app = openAppDb({ target, hashPassword })
  const keyring = parseKeyring(secrets.keys)
  const logger = openLogger({ level: 'silent' })
  await using dataSources = openDataSources({ appDb: app.db, keyring, logger })
  for (const character of characters) {
    await progress.step(`Preparing ${character.name}`, (onProgress) =>
      ensureCompany({ app, dataSources, servers, keys: secrets.keys, onProgress }, character),
    )
  }
  await progress.step('Preparing the operator console', () => ensureOperator(app, operatorName))
  return { addressOf: (slug) => addressIn(servers, slug) }
}
