import type { AppDbConnection } from '@tenantry/app-db/open'
import type { ConnectionPoolConfig } from '@tenantry/app-db/types'
import { openAdminLink, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { UserId } from '@tenantry/contracts/ids'
import type { Keyring } from '@tenantry/credentials/keyring'
import { dataSourceOf, generateLogins, ownerRoleOf } from '@tenantry/fleet/provision'
import { admitTenant } from '@tenantry/tenant-db/provision'
import { randomUUID } from 'node:crypto'

const atOnce = 4

/** A connection nobody uses is closed after this, so that only configured tenants are left. */
export const idleMs = 300

export interface ManyTenants {
  app: AppDbConnection
  keyring: Keyring
  /** The superuser on each database that they share. */
  admins: readonly Target[]
  count: number
  /** Of their slugs. */
  prefix?: string
  poolConfig?: ConnectionPoolConfig
  onProgress?: (step: string) => void
}

/**
 * Companies with a configuration, logins and a sealed credential of their own, spread over databases that exist. Gives their
 * slugs.
 */
export async function addTenants({ count, ...given }: ManyTenants): Promise<string[]> {
  const { app, admins, prefix = 'many', onProgress } = given
  const ownerId = await app.db.users.create({
    email: `${prefix}@example.com`,
    name: 'Owner of many',
    passwordHash: null,
  })
  const slugs = Array.from({ length: count }, (_, number) => `${prefix}-${number}`)
  let made = 0
  const fill = async (admin: Target, at: number) => {
    await using link = await openAdminLink(admin)
    for (const slug of slugs.filter((_, number) => number % admins.length === at)) {
      await addTenant(given, { admin, run: link.run, slug, ownerId })
      onProgress?.(`${++made} of ${count} tenants are there`)
    }
  }
  // A few at once: what they wait for is the servers' processor.
  for (let at = 0; at < admins.length; at += atOnce) {
    await Promise.all(admins.slice(at, at + atOnce).map((admin, nth) => fill(admin, at + nth)))
  }
  return slugs
}

async function addTenant(
  { app, keyring, poolConfig = { idleMs } }: Omit<ManyTenants, 'count'>,
  { admin, run, slug, ownerId }: { admin: Target; run: AdminRun; slug: string; ownerId: UserId },
): Promise<void> {
  const settings = { trade: 'photo_booth', timeZone: 'Europe/Berlin', locale: 'en-GB', currency: 'EUR' }
  const tenantId = await app.db.tenants.create('bench', { slug, name: slug, ...settings, ownerId })
  const tenantIdInDataSource = randomUUID()
  const logins = generateLogins(`tenant_${tenantIdInDataSource.replaceAll('-', '').slice(0, 16)}`)
  const admission = { ownerRole: ownerRoleOf(admin.database), tenantIdInDataSource, ...logins }
  const identity = await admitTenant(run, admin.database, admission)
  const place = { region: 'bench', placement: 'shared', poolConfig } as const
  await app.db.tenants.setDataSource(
    'bench',
    slug,
    dataSourceOf({ admin, tenantId, tenantIdInDataSource, identity, logins, keyring, ...place }),
  )
}
