import type { Target } from '@tenantry/connections/target'
import { migrationsFolder } from '@tenantry/tenant-db/provision'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

/** What people do: Drizzle's `migrate()` for one database after the other. */
export async function drizzleLoop(targets: readonly Target[]): Promise<void> {
  for (const target of targets) await migrateByDrizzle(target)
}

export async function migrateByDrizzle(target: Target, folder = migrationsFolder): Promise<void> {
  const { host, port, user, database, password } = target
  const sql = postgres({ host, port, user, database, pass: password(), max: 1, onnotice: () => {} })
  await migrate(drizzle(sql), { migrationsFolder: folder })
  await sql.end()
}
