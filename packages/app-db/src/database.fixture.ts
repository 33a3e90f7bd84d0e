import type { Target } from '@tenantry/connections/target'
import { createDatabase } from '@tenantry/testing/databases'
import { mainServer } from '@tenantry/vitest-config/servers'
import { migrateAppDb, openAppDb } from './open.ts'

/** An application database of one's own, and a person of every role in the tenant `acme`. */
export async function stageAppDb() {
  const { admin, drop } = await createDatabase(mainServer())
  const login = { appRole: `${admin.database}_app`, appPassword: "it's 100% secret" }
  await migrateAppDb(admin, login)
  const target: Target = { ...admin, user: login.appRole, password: () => login.appPassword }
  const connection = openAppDb({ target, hashPassword: async (password) => `hash of ${password.length}` })
  const { db, grants, runs, operators, schemaComparisons, replicas } = connection
  const ownerId = await db.users.create({ email: 'Olga@acme.example', name: 'Olga', passwordHash: 'x' })
  const settings = { trade: 'photo booth', timeZone: 'Europe/Berlin', locale: 'en', currency: 'EUR' }
  const tenantId = await db.tenants.create('op', { slug: 'acme', name: 'Acme', ...settings, ownerId })
  const otherTenantId = await db.tenants.create('op', { slug: 'bloom', name: 'Bloom', ...settings, ownerId })
  const sessionId = await db.sessions.start({ userId: ownerId, name: 'Olga', userAgent: 'test', requestId: 'r' })
  const sign = async (id = sessionId) => db.sessions.resolve(id, { requestId: 'r' })
  const ownerGrant = async () => (await sign())?.grant ?? fail()
  const close = async () => {
    await connection.close()
    await drop()
  }
  return {
    admin,
    target,
    db,
    grants,
    runs,
    operators,
    schemaComparisons,
    replicas,
    ownerId,
    tenantId,
    otherTenantId,
    sessionId,
    sign,
    ownerGrant,
    close,
  }
}

function fail(): never {
  throw new Error('the session has no grant')
}
