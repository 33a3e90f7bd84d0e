import { openDatabase } from '@tenantry/connections/database'
import type { Pool } from '@tenantry/connections/pool'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { lacks, newestVersion, readSchemaVersion } from '@tenantry/tenant-db/proof'
import { LRUCache } from 'lru-cache'

/**
 * Which migrations the tenants' databases have, as each new connection says by itself. A database that was behind is asked
 * again by whoever needs more of it, so that a migration is noticed with the next request and no connection is given up.
 */
export class SchemaVersions {
  readonly #known = new LRUCache<string, string>({ max: 20_000 })

  saw(tenantId: string, version: string): void {
    this.#known.set(tenantId, version)
  }

  /** Costs nothing when the database is known to have the migration. Throws TENANT_SCHEMA_BEHIND. */
  async assertHas(tenantId: string, needed: string, pool: Pool): Promise<void> {
    if (!lacks(this.#known.get(tenantId), needed)) return
    const version = await readSchemaVersion(openDatabase(pool).reader)
    if (version !== undefined) this.saw(tenantId, version)
    if (lacks(version, needed)) throw behind(tenantId, version, { requires: needed })
  }

  /**
   * What a database that is behind does not know is what it has not been given yet: for a procedure that forgot to say what it
   * requires. Of a database that is not behind, an unknown column stays the fault it is.
   */
  explain(tenantId: string, failure: unknown): unknown {
    const version = this.#known.get(tenantId)
    if (version === undefined || !lacks(version, newestVersion) || !isAboutUnknown(failure)) return failure
    return behind(tenantId, version, { about: failure.detail?.['about'] ?? null }, failure)
  }
}

/** Column, table, function, type, schema or constraint that is not there. */
function isAboutUnknown(failure: unknown): failure is TenantryError {
  if (!isTenantryError(failure, 'DATABASE_ERROR')) return false
  return ['42703', '42P01', '42883', '42704', '3F000', '42P10'].includes(String(failure.detail?.['sqlstate']))
}

function behind(
  tenantId: string,
  version: string | undefined,
  more: Record<string, unknown>,
  cause?: TenantryError,
): TenantryError {
  return new TenantryError('TENANT_SCHEMA_BEHIND', {
    detail: { tenantId, version: version ?? null, ...more },
    retryAfterSeconds: patienceSeconds,
    ...(cause && { cause }),
  })
}

/** A campaign is on its way more often than not. */
const patienceSeconds = 60
