import type { AccountId } from '@tenantry/contracts/ids'
import type { TenantReader } from '@tenantry/tenant-db/types'
import { expect } from 'vitest'

/** Asks the database reached whose it is. */
export async function whose(db: TenantReader): Promise<string> {
  return (await db.identity.read()).tenantIdInDataSource
}

/** A business statement that must not be answered, not even by NOT_FOUND. */
export async function askForAnAccount(db: TenantReader): Promise<never> {
  await db.accounts.byId(nobody)
  throw new Error('a business statement was answered')
}

export async function refused(attempt: Promise<unknown>, code: string): Promise<void> {
  await expect(attempt).rejects.toMatchObject({ code })
}

/** An id that no row has. */
const nobody = '01900000-0000-7000-8000-000000000001' as AccountId
