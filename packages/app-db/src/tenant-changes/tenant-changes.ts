import type { Executor } from '@tenantry/connections/database'
import { openListener, type Listener } from '@tenantry/connections/listener'
import { statement } from '@tenantry/connections/statement'
import type { Target } from '@tenantry/connections/target'
import type { TenantId } from '@tenantry/contracts/ids'
import type { TenantStatus } from '@tenantry/contracts/session'
import { sql } from 'drizzle-orm'
import { tenants } from '../tenants/table.ts'

/** A tenant as it is now: of several changes in between only the last one is told. */
export interface TenantChange {
  tenantId: TenantId
  /** Counts the changes of data source and status. */
  version: number
  status: TenantStatus
}

/** Which data sources and statuses have changed, for those who keep some of them in memory. */
export class TenantChanges {
  readonly #reader: Executor
  readonly #target: Target

  constructor(reader: Executor, target: Target) {
    this.#reader = reader
    this.#target = target
  }

  /**
   * What was committed since `mark`; everything without one. Complete, whatever was committed in which order: the mark
   * is the oldest transaction that was open when it was made, and a change is found by the transaction that made it. A
   * change may be told twice.
   */
  async since(mark: string | undefined): Promise<{ mark: string; changes: TenantChange[] }> {
    const rows = await this.#reader.run(changedTenants, { mark: mark ?? '0' })
    const changes = rows.flatMap(({ id, version, status }) =>
      id === null ? [] : [{ tenantId: id as TenantId, version: Number(version), status: status as TenantStatus }],
    )
    return { mark: rows[0]?.mark ?? '0', changes }
  }

  /**
   * Calls `onHint` whenever somebody says that something has changed, and each time listening begins, since what was said
   * before then was not heard. Anybody who may log in to the database can say it, so it means: look. A connection of its
   * own, opened again for ever.
   */
  listen(onHint: () => void): Listener {
    return openListener({ ...this.#target, applicationName: 'tenantry listener' }, { channel, onHint })
  }
}

const channel = 'tenantry_tenants'

/** A row from a cluster that counted further has a number that is not of this one's past; it is read when it changes. */
const changedTenants = statement<
  { mark: string },
  { mark: string; id: string | null; version: string | null; status: string | null }
>((db) =>
  db.execute(sql`
    select pg_snapshot_xmin(s.now)::text as mark, t.id::text, t.data_source_version::text as version, t.status
    from (select pg_current_snapshot() as now) s
    left join ${tenants} t on t.changed_in >= (${sql.placeholder('mark')}::text)::xid8 and
      (t.changed_in < pg_snapshot_xmax(s.now) or ${sql.placeholder('mark')}::text = '0')`),
)
