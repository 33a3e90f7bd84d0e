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

/** Answers `true` to a role that was let in to read; every other role is refused the question. */
export const readsOnlyQuestion = 'select crm.reads_only() as "readsOnly"'

/** Answers the newest migration as `tag`. */
export const versionQuestion = 'select tag from crm.schema_migrations order by position desc limit 1'

/**
 * Whether a database lacks a migration of this release, whose statements are written for the newest one. One that is
 * ahead is not behind: databases are migrated before the next release starts. Tags begin with their number.
 */
export function isBehind(version: string | undefined): boolean {
  return version === undefined || version < neededVersion
}

const neededVersion = journal.entries.at(-1)?.tag ?? ''
