import { statement, type Statement } from '@tenantry/connections/statement'
import { AccountPatch } from '@tenantry/contracts/accounts'
import { CatalogItemPatch } from '@tenantry/contracts/catalog-items'
import type { Contact, ContactPatch } from '@tenantry/contracts/contacts'
import type { ImportEntity, ImportKey } from '@tenantry/contracts/imports'
import { LeadPatch, type Lead } from '@tenantry/contracts/leads'
import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { accountRecord } from '../accounts/record.ts'
import { selectAccounts } from '../accounts/rows.ts'
import { accounts } from '../accounts/table.ts'
import { catalogItemRecord } from '../catalog-items/record.ts'
import { selectCatalogItems } from '../catalog-items/rows.ts'
import { catalogItems } from '../catalog-items/table.ts'
import { contactAccounts } from '../contact-accounts/table.ts'
import { contactPoints } from '../contact-points/table.ts'
import { contactFields, contactFieldNames, contactRecord, initialContact } from '../contacts/record.ts'
import { normalise, pointsOf } from '../contacts/reach.ts'
import { selectContacts } from '../contacts/rows.ts'
import { contacts } from '../contacts/table.ts'
import { answered } from '../leads/answered.ts'
import { assertMayChange, leadRecord } from '../leads/record.ts'
import { selectLeads } from '../leads/rows.ts'
import { leads } from '../leads/table.ts'
import { asFields, type Fields } from '../records/diff.ts'
import type { RecordKind, RecordRow } from '../records/record-kind.ts'
import type { RecordTable } from '../records/record-table.ts'

/** What an import has to know of a kind of record. */
export interface ImportedKind {
  record: RecordKind<RecordRow>
  /** The records of these ids that there are, as `record.byId` gives each. */
  byIds: Statement<{ ids: string[] }, RecordRow>
  table: RecordTable
  /** Its own columns, by their names in the contract. */
  columns: readonly string[]
  /** What a new one has in columns that its input leaves out; null otherwise. */
  initial: Fields
  /** The fields that an input gives, as they are written and remembered; `before` is null for a new record. */
  fieldsOf(input: object, before: RecordRow | null, now: string): Fields
  /** Throws RULE_VIOLATED for a change that the record does not allow in the state it is in. */
  assertMayChange?(before: RecordRow, changes: Fields): void
  /** By which keys a record is known, and where they are looked for among the records outside the bin. */
  matches: Partial<Record<ImportKey, (keys: SQL) => SQL>>
  /** Tables that hold parts of the record and go with it. */
  parts: readonly PgTable[]
}

const live = sql`deleted_at is null`
const texts = (keys: SQL) => sql`any (${keys}::text[])`
/** Rows of a key and the id of the record that has it. */
const among = (column: PgColumn) => (keys: SQL) =>
  sql`select ${column} as key, id from ${column.table} where ${column} = ${texts(keys)} and ${live}`
const byEmail = (table: PgTable) => (keys: SQL) =>
  sql`select lower(email::text) as key, id from ${table} where email = any (${keys}::citext[]) and ${live}`
const byPoint = (kind: 'email' | 'phone') => (keys: SQL) =>
  sql`select p.value_norm as key, c.id from ${contactPoints} p join ${contacts} c on c.id = p.contact_id and c.tenant_id = p.tenant_id
    where p.kind = ${kind} and p.value_norm = ${texts(keys)} and c.deleted_at is null`

export const importedKinds: Record<ImportEntity, ImportedKind> = {
  account: {
    record: anyRecord(accountRecord),
    byIds: statement((db) => anyRows(selectAccounts(db).where(withIds(accounts)))),
    table: accounts,
    columns: Object.keys(AccountPatch.shape),
    initial: { custom: {} },
    fieldsOf: asFields,
    matches: { name: among(accounts.name), email: byEmail(accounts), phone: among(accounts.phone) },
    parts: [],
  },
  contact: {
    record: anyRecord(contactRecord),
    byIds: statement((db) => anyRows(selectContacts(db).where(withIds(contacts)))),
    table: contacts,
    columns: contactFieldNames,
    initial: { ...initialContact, custom: {} },
    fieldsOf: (input, before) => contactFields(before === null ? input : withReachOf(before as Contact, input)),
    matches: { name: among(contacts.displayName), email: byPoint('email'), phone: byPoint('phone') },
    parts: [contactPoints, contactAccounts],
  },
  lead: {
    record: anyRecord(leadRecord),
    byIds: statement((db) => anyRows(selectLeads(db).where(withIds(leads)))),
    table: leads,
    columns: [...Object.keys(LeadPatch.shape), 'firstResponseAt'],
    initial: { custom: {} },
    fieldsOf: (input, before, now) => {
      const { status } = input as LeadPatch
      return { ...input, ...answered(status, (before as Lead | null)?.firstResponseAt ?? null, now) }
    },
    assertMayChange: (before, changes) => assertMayChange(before as Lead, changes),
    matches: { name: among(leads.displayName), email: byEmail(leads), phone: among(leads.phone) },
    parts: [],
  },
  catalog_item: {
    record: anyRecord(catalogItemRecord),
    byIds: statement((db) => anyRows(selectCatalogItems(db).where(withIds(catalogItems)))),
    table: catalogItems,
    columns: Object.keys(CatalogItemPatch.shape),
    initial: { custom: {} },
    fieldsOf: asFields,
    matches: { name: among(catalogItems.name), sku: among(catalogItems.sku) },
    parts: [],
  },
}

/** What a file says of an address or a company is added to those that are known, and takes nobody's place as the main one. */
function withReachOf({ points, accounts: links }: Contact, patch: ContactPatch): ContactPatch {
  const isNew = (point: Pick<Contact['points'][number], 'kind' | 'value'>) =>
    !points.some(({ kind, value }) => kind === point.kind && normalise({ kind, value }) === normalise(point))
  const addedPoints = patch.points?.filter(isNew).map((point) => ({
    ...point,
    isPrimary: point.isPrimary && !points.some(({ kind, isPrimary }) => kind === point.kind && isPrimary),
  }))
  const addedLinks = patch.accounts
    ?.filter(({ accountId }) => !links.some((link) => link.accountId === accountId))
    .map((link) => ({ ...link, isPrimary: link.isPrimary && !links.some(({ isPrimary }) => isPrimary) }))
  return {
    ...patch,
    ...(addedPoints && { points: [...pointsOf(points), ...addedPoints] }),
    ...(addedLinks && {
      accounts: [...links.map(({ accountId, role, isPrimary }) => ({ accountId, role, isPrimary })), ...addedLinks],
    }),
  }
}

function withIds(table: RecordTable): SQL {
  return sql`${table.id} = any (${sql.placeholder('ids')}::uuid[])`
}

/** Rows of a kind are only ever given back to that kind. */
function anyRows(query: PromiseLike<unknown>): PromiseLike<RecordRow[]> {
  return query as PromiseLike<RecordRow[]>
}

/** The same of what is known about the kind. */
function anyRecord<Row extends RecordRow>(record: RecordKind<Row>): RecordKind<RecordRow> {
  return record as unknown as RecordKind<RecordRow>
}
