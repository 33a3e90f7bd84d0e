import type { DataSourceState, HealthFinding, ReplicaHealth } from '@tenantry/contracts/data-source-health'
import { TenantryError } from '@tenantry/errors'
import type { ErrorCode } from '@tenantry/errors/codes'
import { lacks, newestVersion } from '@tenantry/tenant-db/proof'
import type { ConnectionReport } from '../connection-test.ts'
import { isConfusion } from '../translate-failure.ts'

/** A whole look takes some 20 ms on the same site, and about five round trips: this is one of 200 ms each. */
const slowMs = 1_000

/** What a look at a data source and its replicas comes to. */
export function findingOf(report: ConnectionReport, replicas: ReplicaHealth[]): HealthFinding {
  const { test, schemaVersion, serverVersion, databaseBytes, failure } = report
  const milliseconds = Math.round(test.steps.reduce((sum, step) => sum + step.milliseconds, 0))
  const trouble = failure ?? flawOf({ milliseconds, schemaVersion, replicas })
  const state = trouble === undefined ? 'healthy' : stateBecauseOf(trouble.code, failure !== undefined)
  const { code = null, message = null } = trouble ?? {}
  return {
    state,
    checkedAt: test.at,
    code,
    message,
    milliseconds,
    schemaVersion,
    serverVersion,
    databaseBytes,
    replicas,
  }
}

/** What is not as it should be with a database that answers. */
function flawOf({
  milliseconds,
  schemaVersion,
  replicas,
}: Pick<HealthFinding, 'milliseconds' | 'schemaVersion' | 'replicas'>): TenantryError | undefined {
  if (lacks(schemaVersion ?? undefined, newestVersion)) {
    const message = 'The database has not been migrated to this release yet. It is served.'
    return new TenantryError('TENANT_SCHEMA_BEHIND', { message })
  }
  const useless = replicas.filter(({ state }) => state !== 'healthy')
  if (useless.length > 0) {
    const message = `Of ${replicas.length} replicas ${useless.length} cannot answer reads: ${useless.map(({ address, state }) => `${address} is ${state}`).join(', ')}.`
    return new TenantryError('TENANT_DATABASE_UNREACHABLE', { message })
  }
  if (milliseconds <= slowMs) return undefined
  return new TenantryError('TENANT_DATABASE_TIMEOUT', { message: `The database took ${milliseconds} ms to answer.` })
}

function stateBecauseOf(code: ErrorCode, hasFailed: boolean): DataSourceState {
  if (code === 'TENANT_SCHEMA_BEHIND') return 'behind'
  // It answered, or it would have if there had been a connection to ask it with.
  if (!hasFailed || code === 'TENANT_DATABASE_BUSY') return 'degraded'
  const isOurs = isConfusion(code) || code === 'CONFIGURATION_INVALID' || code === 'TENANT_DATABASE_NOT_CONFIGURED'
  return isOurs ? 'refused' : 'unreachable'
}
