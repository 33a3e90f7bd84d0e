import type { LeasedDrizzle } from '@tenantry/connections/database'
import { sql } from 'drizzle-orm'
import { memberRefs } from '../member-refs/table.ts'
import { envelopeOf, isOwner } from '../records/record-table.ts'
import { accounts } from './table.ts'

/** Accounts as the contract shows them, up to WHERE. */
export function selectAccounts(db: LeasedDrizzle) {
  return db.select(columns).from(accounts).leftJoin(memberRefs, isOwner(accounts.ownerId))
}

/** The same of an account that is being written, where nothing can be joined. */
export function writtenAccount() {
  return { ...columns, ownerName: ownerOfWritten }
}

const ownerOfWritten = sql<string | null>`(select m.display_name from ${memberRefs} m where m.user_id = owner_id)`

const columns = {
  id: accounts.id,
  name: accounts.name,
  kind: accounts.kind,
  status: accounts.status,
  ownerId: accounts.ownerId,
  ownerName: memberRefs.displayName,
  parentAccountId: accounts.parentAccountId,
  email: accounts.email,
  phone: accounts.phone,
  website: accounts.website,
  industry: accounts.industry,
  source: accounts.source,
  taxId: accounts.taxId,
  defaultCurrency: accounts.defaultCurrency,
  paymentTermsDays: accounts.paymentTermsDays,
  billingLine1: accounts.billingLine1,
  billingLine2: accounts.billingLine2,
  billingCity: accounts.billingCity,
  billingRegion: accounts.billingRegion,
  billingPostalCode: accounts.billingPostalCode,
  billingCountry: accounts.billingCountry,
  timeZone: accounts.timeZone,
  locale: accounts.locale,
  description: accounts.description,
  ...envelopeOf(accounts),
}
