import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { generateLogins, ownerRoleOf } from '@tenantry/fleet/provision'
import { ensureLoginGroups } from '@tenantry/tenant-db/provision-groups'
import { copyTemplate, ensureTemplate, settleCopy } from '@tenantry/tenant-db/template'
import { randomBytes, randomUUID } from 'node:crypto'
import { onProgress } from '../progress.ts'

const tenantsPerDatabase = 100

/** Databases for so many tenants, each with one tenant already that nobody asks for; the superuser on each. */
export async function openSharedDatabases(
  server: Target,
  tenants: number,
  perDatabase = tenantsPerDatabase,
): Promise<Target[]> {
  const template = await ensureTemplate(server, onProgress)
  const mark = randomBytes(3).toString('hex')
  const admins: Target[] = []
  while (admins.length < tenants / perDatabase) {
    const database = `crowd_${mark}_${admins.length}`
    const admin = { ...server, database }
    await withAdminConnection(server, (run) => copyTemplate(run, { template, database }))
    const first = { ownerRole: ownerRoleOf(database), tenantIdInDataSource: randomUUID(), ...generateLogins(database) }
    await withAdminConnection(admin, async (run) => {
      await settleCopy(run, database, first)
      await ensureLoginGroups(run, first.ownerRole)
    })
    admins.push(admin)
    onProgress(`${admins.length} shared databases`)
  }
  return admins
}
