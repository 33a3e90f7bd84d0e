import type { Executor } from '@tenantry/connections/database'
import type { Target } from '@tenantry/connections/target'

export interface MigrateOptions {
  /** As drizzle-kit writes it: `meta/_journal.json` and `NNNN_name.sql`. */
  folder: string
  schema: 'app' | 'crm'
  /** Called before each migration that is applied. */
  onProgress?: (tag: string) => void
}

export interface MigrateResult {
  applied: string[]
  /** The tag of the newest migration in the database. */
  version: string
}

export function migrate(target: Target, options: MigrateOptions): Promise<MigrateResult> {
  return Promise.reject(new Error(`not built yet ${target.port} ${options.folder}`))
}

/** The tag of the newest migration in the database; undefined when it has none. */
export function schemaVersion(executor: Executor, schema: 'app' | 'crm'): Promise<string | undefined> {
  return Promise.reject(new Error(`not built yet ${schema} ${Boolean(executor)}`))
}
