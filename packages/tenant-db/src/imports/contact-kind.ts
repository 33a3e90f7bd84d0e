import { statement } from '@tenantry/connections/statement'
import type { Contact, ContactPatch } from '@tenantry/contracts/contacts'
import { sql, type SQL } from 'drizzle-orm'
import { contactAccounts } from '../contact-accounts/table.ts'
import { contactPoints } from '../contact-points/table.ts'
import { contactFieldNames, contactFields, contactRecord, initialContact } from '../contacts/record.ts'
import { normalise, pointKey, pointsOf, type AccountLink } from '../contacts/reach.ts'
import { selectContacts } from '../contacts/rows.ts'
import { contacts } from '../contacts/table.ts'
import type { Acting } from '../records/acting.ts'
import { assertOnce } from '../records/assert-once.ts'
import { among, anyRecord, anyRows, texts, withIds, type ImportedKind, type RecordWrite } from './imported-kind.ts'

export const contactKind: ImportedKind = {
  record: anyRecord(contactRecord),
  byIds: statement((db) => anyRows(selectContacts(db).where(withIds(contacts)))),
  table: contacts,
  columns: contactFieldNames,
  initial: { ...initialContact, custom: {} },
  prepare: () =>
    Promise.resolve({
      fieldsOf: (input, before) => contactFields(before === null ? input : withReachOf(before as Contact, input)),
    }),
  matches: { name: among(contacts.displayName), email: byPoint('email'), phone: byPoint('phone') },
  parts: [contactPoints, contactAccounts],
  writeParts: writeReach,
}

function byPoint(kind: 'email' | 'phone') {
  return (keys: SQL) =>
    sql`select p.value_norm as key, c.id from ${contactPoints} p join ${contacts} c on c.id = p.contact_id and c.tenant_id = p.tenant_id
    where p.kind = ${kind} and p.value_norm = ${texts(keys)} and c.deleted_at is null`
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
      accounts: [...links.map(asInput), ...addedLinks],
    }),
  }
}

function asInput({ accountId, role, isPrimary, startedOn }: Contact['accounts'][number]) {
  return { accountId, role, isPrimary, startedOn }
}

/**
 * Addresses and companies that contacts have not had are added, and those that they have no more go: an import only adds, and
 * taking one back only takes away, so what stays is as it was.
 */
function writeReach({ executor, actor }: Acting, writes: readonly RecordWrite[], batchId: string) {
  const points = writes.map((write) => changesOf(write, 'points', pointKey))
  const links = writes.map((write) => changesOf(write, 'accounts', ({ accountId }: AccountLink) => accountId))
  const added = points.flatMap((list) => list.added).map((point) => ({ ...point, norm: normalise(point) }))
  assertOnce(
    added.map((point) => `${point.id} ${pointKey(point)}`),
    { field: 'points', message: 'The same address is listed twice.' },
  )
  const gone = points
    .flatMap((list) => list.gone)
    .map(({ id, ...point }) => ({ id, kind: point.kind, norm: normalise(point) }))
  const [addedLinks, goneLinks] = [links.flatMap((list) => list.added), links.flatMap((list) => list.gone)]
  const actorId = actor.id
  return [
    gone.length > 0 && executor.run(deletePoints, { points: JSON.stringify(gone) }),
    goneLinks.length > 0 && executor.run(deleteLinks, { links: JSON.stringify(goneLinks) }),
    added.length > 0 && executor.run(insertPoints, { points: JSON.stringify(added) }),
    addedLinks.length > 0 && executor.run(insertLinks, { links: JSON.stringify(addedLinks), batchId, actorId }),
  ]
}

/** What a write adds to one of the lists of a contact, and what it takes from it; nothing where it leaves the list out. */
function changesOf<Entry>(
  { id, before, fields }: RecordWrite,
  name: 'points' | 'accounts',
  keyOf: (entry: Entry) => string,
) {
  // The history and `contactFields` have given the lists their form.
  const now = fields[name] as Entry[] | undefined
  if (now === undefined) return { added: [], gone: [] }
  const then = ((before as Contact | null)?.[name] ?? []) as Entry[]
  const without = (list: Entry[], other: Entry[]) => {
    const known = new Set(other.map(keyOf))
    return list.filter((entry) => !known.has(keyOf(entry))).map((entry) => ({ ...entry, id }))
  }
  return { added: without(now, then), gone: without(then, now) }
}

type None = Record<string, never>
const tenant = sql`(select crm.current_tenant())`
const actorId = sql`${sql.placeholder('actorId')}::uuid`
const givenPoints = sql`jsonb_to_recordset(${sql.placeholder('points')}::jsonb)
  as p(id uuid, kind text, value text, norm text, label text, "isPrimary" boolean)`
const givenLinks = sql`jsonb_to_recordset(${sql.placeholder('links')}::jsonb)
  as l(id uuid, "accountId" uuid, role text, "isPrimary" boolean)`

const insertPoints = statement<{ points: string }, None>((db) =>
  db.execute(sql`insert into ${contactPoints} (tenant_id, contact_id, kind, value, value_norm, label, is_primary)
    select ${tenant}, p.id, p.kind, p.value, p.norm, p.label, p."isPrimary" from ${givenPoints}`),
)

const insertLinks = statement<{ links: string; batchId: string; actorId: string | null }, None>((db) =>
  db.execute(sql`insert into ${contactAccounts}
      (tenant_id, contact_id, account_id, role, is_primary, created_by, updated_by, import_batch_id)
    select ${tenant}, l.id, l."accountId", l.role, l."isPrimary", ${actorId}, ${actorId}, ${sql.placeholder('batchId')}::uuid
    from ${givenLinks}`),
)

const deletePoints = statement<{ points: string }, None>((db) =>
  db.execute(sql`delete from ${contactPoints} t using ${givenPoints}
    where t.contact_id = p.id and t.kind = p.kind and t.value_norm = p.norm`),
)

const deleteLinks = statement<{ links: string }, None>((db) =>
  db.execute(sql`delete from ${contactAccounts} t using ${givenLinks}
    where t.contact_id = l.id and t.account_id = l."accountId" and t.ended_on is null and t.deleted_at is null`),
)
