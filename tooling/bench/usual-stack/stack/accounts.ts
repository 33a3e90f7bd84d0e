import { and, asc, eq, isNull } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { accounts, memberRefs } from './tables.ts'

/** The tenant is a condition in each query, which somebody has to remember. */
export async function getAccount(db: PostgresJsDatabase, tenantId: string, id: string) {
  const [row] = await selectAccounts(db).where(and(eq(accounts.tenantId, tenantId), eq(accounts.id, id)))
  return row
}

export async function listAccounts(db: PostgresJsDatabase, tenantId: string, limit: number) {
  const rows = await selectAccounts(db)
    .where(and(eq(accounts.tenantId, tenantId), isNull(accounts.deletedAt), isNull(accounts.archivedAt)))
    .orderBy(asc(accounts.name), asc(accounts.id))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { rows: rows.slice(0, limit), nextCursor: last ? cursorOf(last) : null }
}

function selectAccounts(db: PostgresJsDatabase) {
  return db
    .select({
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
      version: accounts.version,
      createdAt: accounts.createdAt,
      createdBy: accounts.createdBy,
      updatedAt: accounts.updatedAt,
      updatedBy: accounts.updatedBy,
      archivedAt: accounts.archivedAt,
      deletedAt: accounts.deletedAt,
    })
    .from(accounts)
    .leftJoin(memberRefs, and(eq(memberRefs.tenantId, accounts.tenantId), eq(memberRefs.userId, accounts.ownerId)))
}

function cursorOf({ name, id }: { name: string; id: string }): string {
  return Buffer.from(JSON.stringify(['name asc', name, id])).toString('base64url')
}
