import type { Account } from '@tenantry/contracts/accounts'
import { randomUUID } from 'node:crypto'
import postgres, { type ISql } from 'postgres'
import { maxConnections } from '../pool-size.ts'

/** Raw postgres.js: constant texts, prepared, with its own pool, transactions and default parsers. */
export function openRaw(url: string, tenantId: string) {
  const sql = postgres(url, { max: maxConnections, ssl: false, onnotice: () => undefined })
  const prepared = { prepare: true }
  return {
    async byId(id: string) {
      const [row] = await sql.unsafe<Account[]>(selectById, [tenantId, id], prepared)
      return row
    },

    async list(limit: number) {
      const rows = await sql.unsafe<Account[]>(selectList, [tenantId, limit + 1], prepared)
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit), nextCursor: last ? cursorOf(last) : null }
    },

    /** The two statements of a write with its history, one after the other, as everybody writes them. */
    create(account: NewAccount, userId: string) {
      const id = randomUUID()
      return sql.begin(async (tx) => {
        const [row] = await insertAccount(tx, { id, tenantId, userId }, account)
        await insertHistory(tx, { id, tenantId, userId }, account)
        return row
      })
    },

    /** The same two sent without waiting for one another, as somebody writes them who has measured. */
    createPipelined(account: NewAccount, userId: string) {
      const written = { id: randomUUID(), tenantId, userId }
      return sql.begin(async (tx) => {
        const [[row]] = await Promise.all([insertAccount(tx, written, account), insertHistory(tx, written, account)])
        return row
      })
    },

    close: () => sql.end(),
  }
}

export interface NewAccount {
  name: string
  email: string
  phone: string
  billingCity: string
  billingCountry: string
  timeZone: string
}

interface Written {
  id: string
  tenantId: string
  userId: string
}

const select = `
  select a.id, a.name, a.kind, a.status, a.owner_id as "ownerId", m.display_name as "ownerName",
    a.parent_account_id as "parentAccountId", a.email, a.phone_e164 as phone, a.website, a.industry, a.source,
    a.tax_id as "taxId", a.default_currency as "defaultCurrency", a.payment_terms_days as "paymentTermsDays",
    a.billing_line1 as "billingLine1", a.billing_line2 as "billingLine2", a.billing_city as "billingCity",
    a.billing_region as "billingRegion", a.billing_postal_code as "billingPostalCode",
    a.billing_country as "billingCountry", a.time_zone as "timeZone", a.locale, a.description, a.version,
    a.created_at as "createdAt", a.created_by as "createdBy", a.updated_at as "updatedAt",
    a.updated_by as "updatedBy", a.archived_at as "archivedAt", a.deleted_at as "deletedAt"
  from crm.accounts a
  left join crm.member_refs m on m.tenant_id = a.tenant_id and m.user_id = a.owner_id`

/** $1 is the tenant, $2 the account. */
export const selectById = `${select} where a.tenant_id = $1 and a.id = $2`
const selectList = `${select}
  where a.tenant_id = $1 and a.deleted_at is null and a.archived_at is null order by a.name, a.id limit $2`

function insertAccount(sql: ISql, { id, tenantId, userId }: Written, account: NewAccount) {
  return sql`
    insert into crm.accounts (
      tenant_id, id, name, email, phone_e164, billing_city, billing_country, time_zone, created_by, updated_by)
    values (${tenantId}, ${id}, ${account.name}, ${account.email}, ${account.phone}, ${account.billingCity},
      ${account.billingCountry}, ${account.timeZone}, ${userId}, ${userId})
    returning *`
}

function insertHistory(sql: ISql, { id, tenantId, userId }: Written, account: NewAccount) {
  const diff = Object.fromEntries(
    Object.entries<string>({ ...account }).map(([field, to]) => [field, { from: null, to }]),
  )
  return sql`
    insert into crm.record_changes (tenant_id, entity, entity_id, action, diff, version_after, actor_id)
    values (${tenantId}, 'account', ${id}, 'created', ${sql.json(diff)}, 1, ${userId})`
}

/** In the words of the product, so that the answers can be compared. */
function cursorOf({ name, id }: Account): string {
  return Buffer.from(JSON.stringify(['name asc', name, id])).toString('base64url')
}
