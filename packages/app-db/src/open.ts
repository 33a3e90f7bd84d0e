import { openDatabase } from '@tenantry/connections/database'
import { openPool, type PoolOptions } from '@tenantry/connections/pool'
import type { Target } from '@tenantry/connections/target'
import { TenantryError } from '@tenantry/errors'
import { migrate, schemaVersion, type MigrateResult } from '@tenantry/migrations'
import { accessTo } from './access.ts'
import { AppDb, type HashPassword } from './app-db.ts'
import { ConnectionShares } from './connection-shares/connection-shares.ts'
import { DataSourceLoginsRepository } from './data-source-logins/repository.ts'
import { GrantsRepository } from './grants/repository.ts'
import { HealthRepository } from './health/repository.ts'
import { HealthRounds } from './health/rounds.ts'
import { HoldTurns } from './holds/turns.ts'
import { JobsRepository } from './jobs/repository.ts'
import { OperatorsRepository } from './operators/repository.ts'
import { isBehind } from './needed-version.ts'
import { proveRole } from './prove-role.ts'
import { grantApplicationRights, migrationsFolder, type AppLogin } from './provision.ts'
import { ReplicasRepository } from './replicas/repository.ts'
import { RunsRepository } from './runs/repository.ts'
import { SchemaComparisonsRepository } from './schema-comparisons/repository.ts'
import { ServiceAccessRepository } from './service-access/repository.ts'
import { TransfersRepository } from './transfers/repository.ts'
import { SealedValuesRepository } from './sealed-values/repository.ts'
import { TenantChanges } from './tenant-changes/tenant-changes.ts'
import { WebhookTurns } from './webhooks/turns.ts'

export interface AppDbConnection extends AsyncDisposable {
  db: AppDb
  /**
   * For commands and jobs, never for a request. Always commits by itself: an entry that rolled back with a transaction
   * would leave a grant nobody knows of.
   */
  grants: GrantsRepository
  /** For the worker: what is to be done beside requests. */
  jobs: JobsRepository
  /** For the worker: grants for telling the endpoints of a tenant. */
  webhookTurns: WebhookTurns
  /** For the worker: grants for releasing the holds of a tenant that are over. */
  holdTurns: HoldTurns
  /** The journal of long commands. Commits by itself too: what was begun stays known whatever fails after it. */
  runs: RunsRepository
  /** For commands. Where every tenant's database is, with the sealed keys of its owner's side. */
  serviceAccess: ServiceAccessRepository
  /** For commands: companies that move in, and who is in charge of them. */
  transfers: TransfersRepository
  /** For commands, never for a request: an application that is taken over makes nobody an operator through its handles. */
  operators: OperatorsRepository
  /** For commands: with which logins tenants' databases are reached. */
  dataSourceLogins: DataSourceLoginsRepository
  /** For commands: everything sealed, of every tenant. */
  sealedValues: SealedValuesRepository
  /** For commands: the standbys that may answer reads. */
  replicas: ReplicasRepository
  /** For commands: how schemas compared with what their migrations make. */
  schemaComparisons: SchemaComparisonsRepository
  /** What data sources watch, beside requests. */
  tenantChanges: TenantChanges
  /** How the processes that serve requests share the connections of a server. */
  connectionShares: ConnectionShares
  /** How the tenants' databases were when they were last looked at. */
  health: HealthRepository
  /** How the processes that look at them take turns. */
  healthRounds: HealthRounds
  /** The tag of the newest migration; undefined for a database that was never migrated. */
  schemaVersion(): Promise<string | undefined>
  /** Whether the database has every migration of this release. */
  isUpToDate(): Promise<boolean>
  close(): Promise<void>
}

export interface OpenAppDbOptions {
  target: Target
  pool?: Omit<PoolOptions, 'prove'>
  /** Needed only where members are added with a first password; this package knows no hashing. */
  hashPassword?: HashPassword
}

/**
 * Connects with the first use. A role with the rights of an owner is refused on each new connection (CONFIGURATION_INVALID):
 * `migrateAppDb` makes the right one.
 */
export function openAppDb({ target, pool: options, hashPassword = refuseToHash }: OpenAppDbOptions): AppDbConnection {
  const pool = openPool(target, { ...options, prove: proveRole })
  const close = () => pool.close()
  const database = openDatabase(pool)
  const access = accessTo(database)
  return {
    db: new AppDb(access, hashPassword),
    grants: new GrantsRepository(access),
    jobs: new JobsRepository(access),
    webhookTurns: new WebhookTurns(access),
    holdTurns: new HoldTurns(access),
    runs: new RunsRepository(access),
    serviceAccess: new ServiceAccessRepository(access),
    transfers: new TransfersRepository(access),
    operators: new OperatorsRepository(access),
    dataSourceLogins: new DataSourceLoginsRepository(access),
    sealedValues: new SealedValuesRepository(access),
    replicas: new ReplicasRepository(access),
    schemaComparisons: new SchemaComparisonsRepository(access),
    connectionShares: new ConnectionShares(access),
    tenantChanges: new TenantChanges(database.reader, target),
    health: new HealthRepository(access),
    healthRounds: new HealthRounds(access),
    schemaVersion: () => schemaVersion(database.reader, 'app'),
    isUpToDate: async () => !isBehind(await schemaVersion(database.reader, 'app')),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Brings schema `app` to the newest migration and renews the rights of the application's login. */
export async function migrateAppDb(
  admin: Target,
  { onProgress, ...login }: AppLogin & { onProgress?: (tag: string) => void },
): Promise<MigrateResult> {
  const options = { folder: migrationsFolder, schema: 'app' } as const
  const result = await migrate(admin, onProgress === undefined ? options : { ...options, onProgress })
  await grantApplicationRights(admin, login)
  return result
}

function refuseToHash(): Promise<never> {
  return Promise.reject(
    new TenantryError('CONFIGURATION_INVALID', { detail: { reason: 'no password hash was given' } }),
  )
}
