import { migrateAppDb, openAppDb } from '@tenantry/app-db/open'
import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { createDatabase } from './databases.ts'

/** An application database of one's own, with the login the application has in production; `open` connects as it. */
export async function createAppDatabase(server: ServerAddress) {
  const { admin, drop } = await createDatabase(server)
  const login = { appRole: `${admin.database}_app`, appPassword: 'a password of tests' }
  await migrateAppDb(admin, login)
  const app: Target = { ...admin, user: login.appRole, password: () => login.appPassword }
  const asAdmin = (text: string) => withAdminConnection(admin, (run) => run(text))
  return { admin, app, asAdmin, open: () => openAppDb({ target: app }), drop }
}
