import type { Executor } from '@tenantry/connections/database'
import { schemaVersion } from '@tenantry/migrations'
import journal from '../migrations/meta/_journal.json' with { type: 'json' }

/** What a database says about itself to the role that is logged in. */
export type DatabaseIdentity = {
  tenantIdInDataSource: string
  /**
   * `<server>/<database>/<epoch>`: the server's system identifier, the database's number on it, the count of the tenant's
   * moves. A clone differs in the second, a restored dump in the first two, a backup from before a move in the third.
   */
  identity: string
}

/** Answers a `DatabaseIdentity`; nothing, or an error, when the database serves no tenant to this role. */
export const identityQuestion = `
  select i.tenant_id::text as "tenantIdInDataSource",
    concat_ws('/', (select system_identifier from pg_control_system()),
      (select oid from pg_database where datname = current_database()), i.epoch) as identity
  from crm.current_identity() i`

/**
 * Answers `true` to a role that was let in to read and has no right to change anything, `false` to one that was given such
 * a right since; every other role is refused the question.
 */
export const readsOnlyQuestion = `
  select crm.reads_only() and not exists (
    select from pg_class where relnamespace = 'crm'::regnamespace and relkind in ('r', 'p', 'v')
      and (has_table_privilege(oid, 'delete, truncate') or has_any_column_privilege(oid, 'insert, update'))) as "readsOnly"`

/** Answers the newest migration as `tag`. */
export const versionQuestion = 'select tag from crm.schema_migrations order by position desc limit 1'

/**
 * The oldest version of a database that this release serves at all. What every procedure stands on has to be there: a
 * migration that changes it raises this floor; a procedure that alone needs more says so with `requires` and leaves the
 * others at work. docs/decisions: «A procedure says which migration it requires».
 */
export const oldestServed = '0004_search_and_bin'

/** Of this release, oldest first. */
export const migrationTags: readonly string[] = journal.entries.map(({ tag }) => tag)

/** The newest of this release. A database may be ahead of it: databases are migrated before the next release starts. */
export const newestVersion = migrationTags.at(-1) ?? ''

/** Whether a database is without this migration. Tags begin with their number. */
export function lacks(version: string | undefined, needed: string): boolean {
  return version === undefined || version < needed
}

/** The newest migration of the database; undefined when it has none. */
export function readSchemaVersion(executor: Executor): Promise<string | undefined> {
  return schemaVersion(executor, 'crm')
}
