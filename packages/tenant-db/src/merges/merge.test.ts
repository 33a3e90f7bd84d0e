import { withAdminConnection } from '@tenantry/connections/admin'
import type { Executor } from '@tenantry/connections/database'
import type { AccountId, ContactId } from '@tenantry/contracts/ids'
import { createTenantDatabase } from '@tenantry/testing/tenant-database'
import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { contractInput } from '@tenantry/testing/factories/contract'
import { eventInput } from '@tenantry/testing/factories/event'
import { invoiceInput } from '@tenantry/testing/factories/invoice'
import { locationInput } from '@tenantry/testing/factories/location'
import { noteInput } from '@tenantry/testing/factories/note'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { quoteInput } from '@tenantry/testing/factories/quote'
import { taskInput } from '@tenantry/testing/factories/task'
import { mainServer } from '@tenantry/vitest-config/servers'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'
import { accountReferences, contactReferences, staying } from './references.ts'

test('every foreign key to an account or a contact is taken along by a merge, or tells of merges', async () => {
  await using database = await createTenantDatabase(mainServer())
  const keysTo = (table: string) =>
    withAdminConnection(database.admin, (run) =>
      run<{ name: string }>(`
        select c.conrelid::regclass::text || '.' || a.attname as name
        from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey) and a.attname <> 'tenant_id'
        where c.contype = 'f' and c.confrelid = 'crm.${table}'::regclass`),
    )
  for (const [table, references] of [
    ['accounts', accountReferences],
    ['contacts', contactReferences],
  ] as const) {
    const handled = new Set([...references.map(({ name }) => name), ...staying])
    const names = (await keysTo(table)).map(({ name }) => name.replace(/^crm\./, ''))
    expect(names.length).toBeGreaterThan(9)
    expect(names.filter((name) => !handled.has(name))).toEqual([])
  }
})

inEveryPlacement((placement) => {
  beforeAll(() => placement().mine.write((db) => db.pipelines.create(pipelineInput())))

  test('all that points at a company goes along to the one that is left, and comes back when the merge is undone', async () => {
    const { mine } = placement()
    const { kept, merged } = await twoCompanies(mine)
    const before = await rowsOf(mine, [kept.id, merged.id])
    const left = await mine.write((db) => db.accounts.merge({ kept, merged, take: ['industry', 'parentAccountId'] }))
    expect(left).toMatchObject({ id: kept.id, name: 'Kept', industry: 'Music', parentAccountId: null })
    expect(await mine.read.accounts.byId(merged.id)).toMatchObject({ deletedAt: expect.any(String) })
    // Of a contact of both only the put away link still names the other.
    expect(await pointers(mine, accountReferences, merged.id)).toEqual({ 'contact_accounts.account_id': 1 })
    expect(await pointers(mine, accountReferences, kept.id)).toMatchObject({
      'opportunities.account_id': 1,
      'events.account_id': 1,
      'quotes.account_id': 1,
      'contracts.account_id': 1,
      'invoices.account_id': 1,
      'payments.account_id': 1,
      'record_links.account_id': 2,
      'accounts.parent_account_id': 1,
      'contact_accounts.account_id': 2,
    })
    const [line] = (await mine.read.accounts.timeline(kept.id, { limit: 1 })).rows
    expect(line).toMatchObject({ action: 'merged', diff: { merged: { to: merged.id }, industry: { to: 'Music' } } })
    const [pointer] = (await mine.read.accounts.timeline(merged.id, { limit: 1 })).rows
    expect(pointer).toMatchObject({ action: 'merged', diff: { mergedInto: { to: kept.id } } })

    const restored = await mine.write((db) => db.accounts.undo(kept.id, line?.id ?? ''))
    expect(restored).toMatchObject({ name: 'Kept', industry: null, parentAccountId: merged.id })
    expect(await rowsOf(mine, [kept.id, merged.id])).toEqual(before)
    const again = mine.write((db) => db.accounts.undo(kept.id, line?.id ?? ''))
    await expect(again).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    const elsewhere = mine.write((db) => db.accounts.undo(merged.id, pointer?.id ?? ''))
    await expect(elsewhere).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  })

  test('all that points at a contact goes along with its addresses, one main one of each kind, and comes back', async () => {
    const { mine } = placement()
    const { kept, merged } = await twoContacts(mine)
    const before = await rowsOf(mine, [kept.id, merged.id])
    const left = await mine.write((db) => db.contacts.merge({ kept, merged, take: ['jobTitle'] }))
    expect(left.jobTitle).toBe('Planner')
    expect(left.points.map(({ value, isPrimary }) => `${value} ${isPrimary}`)).toEqual([
      'a@x.example true',
      'b@x.example false',
      '+4930111111 true',
    ])
    expect(left.accounts.map(({ accountName, isPrimary }) => `${accountName} ${isPrimary}`)).toEqual([
      'Both true',
      'Other false',
    ])
    expect(await pointers(mine, contactReferences, merged.id)).toEqual({
      'contact_points.contact_id': 1,
      'contact_accounts.contact_id': 1,
    })
    const [line] = (await mine.read.contacts.timeline(kept.id, { limit: 1 })).rows
    await mine.write((db) => db.contacts.undo(kept.id, line?.id ?? ''))
    expect(await rowsOf(mine, [kept.id, merged.id])).toEqual(before)
    expect((await mine.read.contacts.byId(merged.id)).deletedAt).toBeNull()
  })

  test('what was pointed elsewhere since stays there, and a field that was changed since stops the undo', async () => {
    const { mine } = placement()
    const { kept, merged } = await twoCompanies(mine)
    const left = await mine.write((db) => db.accounts.merge({ kept, merged, take: ['industry'] }))
    const [line] = (await mine.read.accounts.timeline(kept.id, { limit: 1 })).rows
    const undo = () => mine.write((db) => db.accounts.undo(kept.id, line?.id ?? ''))
    const { version } = await mine.write((db) =>
      db.accounts.patch({ id: kept.id, version: left.version, patch: { industry: 'Light' } }),
    )
    await expect(undo()).rejects.toMatchObject({ code: 'STALE_WRITE', data: { changed: { industry: 'Light' } } })
    await mine.write((db) => db.accounts.patch({ id: kept.id, version, patch: { industry: 'Music' } }))
    const third = await mine.write((db) => db.accounts.create(accountInput({ name: 'Third' })))
    await mine.database.transaction((tx) =>
      tx.db.execute(sql`update crm.opportunities set account_id = ${third.id} where account_id = ${kept.id}`),
    )
    await undo()
    expect(await pointers(mine, accountReferences, third.id)).toEqual({ 'opportunities.account_id': 1 })
    expect((await pointers(mine, accountReferences, merged.id))['opportunities.account_id']).toBeUndefined()
  })

  test('of merges of the same two at once, each way round, exactly one is done', async () => {
    const { mine } = placement()
    for (let round = 0; round < 5; round++) {
      const { kept, merged } = await twoCompanies(mine)
      const outcomes = await Promise.allSettled([
        mine.write((db) => db.accounts.merge({ kept, merged, take: [] })),
        mine.write((db) => db.accounts.merge({ kept: merged, merged: kept, take: [] })),
        mine.write((db) => db.accounts.merge({ kept, merged, take: [] })),
      ])
      const refusals = outcomes.filter((outcome) => outcome.status === 'rejected')
      expect(refusals.map(({ reason }) => (reason as { code: string }).code)).toEqual(['STALE_WRITE', 'STALE_WRITE'])
      const rows = [await mine.read.accounts.byId(kept.id), await mine.read.accounts.byId(merged.id)]
      expect(rows.filter(({ deletedAt }) => deletedAt === null)).toHaveLength(1)
    }
  })

  test('a patch and a new record that run into a merge either come before it and go along, or learn of it', async () => {
    const { mine } = placement()
    for (let round = 0; round < 5; round++) {
      const { kept, merged } = await twoCompanies(mine)
      const [merge, patch] = await Promise.allSettled([
        mine.write((db) => db.accounts.merge({ kept, merged, take: ['website'] })),
        mine.write((db) => db.accounts.patch({ ...merged, patch: { website: 'https://late.example' } })),
        mine.write((db) => db.opportunities.create(opportunityInput({ accountId: merged.id }))),
      ])
      expect([merge.status, patch.status].toSorted()).toEqual(['fulfilled', 'rejected'])
      const refused = [merge, patch].find((outcome) => outcome.status === 'rejected')
      expect(refused).toMatchObject({ reason: { code: 'STALE_WRITE' } })
    }
  })

  test('neither the same record, nor one in the bin, nor one of another tenant, nor by whoever does not see all', async () => {
    const { mine, theirs } = placement()
    const { kept, merged } = await twoCompanies(mine)
    const foreign = await theirs.write((db) => db.accounts.create(accountInput()))
    const tries: [object, string][] = [
      [{ kept, merged: kept }, 'RULE_VIOLATED'],
      [{ kept, merged: foreign }, 'NOT_FOUND'],
      [{ kept: foreign, merged }, 'NOT_FOUND'],
      [{ kept: { ...kept, version: 9 }, merged }, 'STALE_WRITE'],
      [{ kept, merged: await mine.write((db) => db.accounts.remove(merged)) }, 'RULE_VIOLATED'],
    ]
    for (const [pair, code] of tries) {
      const merge = { kept, merged, take: [], ...pair }
      await expect(mine.write((db) => db.accounts.merge(merge))).rejects.toMatchObject({ code })
    }
    const limited = await mine.limited((person) => ({ see: { note: [person] }, change: {} }))
    const merge = limited.write((db) => db.accounts.merge({ kept, merged, take: [] }))
    await expect(merge).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

interface Pair<Id> {
  kept: { id: Id; version: number }
  merged: { id: Id; version: number }
}

/** Everything that can point at a company points at the second; the first is its daughter, and shares a person and a task with it. */
async function twoCompanies(desk: Desk): Promise<Pair<AccountId>> {
  return desk.write(async (db) => {
    const merged = await db.accounts.create(accountInput({ name: 'Merged', industry: 'Music' }))
    const kept = await db.accounts.create(accountInput({ name: 'Kept', industry: null, parentAccountId: merged.id }))
    await db.accounts.create(accountInput({ name: 'Daughter', parentAccountId: merged.id }))
    const of = { accountId: merged.id }
    await db.opportunities.create(opportunityInput(of))
    await db.events.create(eventInput(of))
    await db.quotes.create(quoteInput(of))
    await db.contracts.create(contractInput(of))
    await db.invoices.create(invoiceInput(of))
    const payment = { amountMinor: 100, currency: 'EUR', method: 'cash', idempotencyKey: `merge ${merged.id}` } as const
    await db.payments.record({ ...of, ...payment, allocations: [], reference: null, note: null } as never)
    const both = [
      { accountId: merged.id, isPrimary: true },
      { accountId: kept.id, isPrimary: false },
    ]
    await db.contacts.create(contactInput({ firstName: 'Both', accounts: both }))
    await db.contacts.create(contactInput({ firstName: 'One', accounts: [{ accountId: merged.id, isPrimary: true }] }))
    const [one, other] = [merged, kept].map(({ id }) => ({ entity: 'account' as const, id }))
    if (one === undefined || other === undefined) throw new Error('two companies were made')
    await db.tasks.create(taskInput({ links: [one, other] }))
    await db.notes.create(noteInput({ links: [one] }))
    return { kept: at(kept), merged: at(merged) }
  })
}

async function twoContacts(desk: Desk): Promise<Pair<ContactId>> {
  return desk.write(async (db) => {
    const account = await db.accounts.create(accountInput({ name: 'Both' }))
    const other = await db.accounts.create(accountInput({ name: 'Other' }))
    const point = (kind: 'email' | 'phone', value: string, isPrimary: boolean) => ({ kind, value, isPrimary })
    const kept = await db.contacts.create(
      contactInput({
        points: [point('email', 'a@x.example', true)],
        accounts: [{ accountId: account.id, isPrimary: true }],
      }),
    )
    const merged = await db.contacts.create(
      contactInput({
        jobTitle: 'Planner',
        points: [
          point('email', 'b@x.example', true),
          point('email', 'A@x.example', false),
          point('phone', '+4930111111', true),
        ],
        accounts: [
          { accountId: account.id, isPrimary: false },
          { accountId: other.id, isPrimary: true },
        ],
      }),
    )
    const of = { contactId: merged.id }
    await db.opportunities.create(opportunityInput(of))
    await db.events.create(eventInput({ accountId: account.id, ...of, plannerContactId: merged.id }))
    await db.quotes.create(quoteInput({ accountId: account.id, ...of }))
    await db.invoices.create(invoiceInput({ accountId: account.id, ...of }))
    await db.locations.create(locationInput(of))
    await db.notes.create(noteInput({ links: [{ entity: 'contact', id: merged.id }] }))
    return { kept: at(kept), merged: at(merged) }
  })
}

function at<Id>({ id, version }: { id: Id; version: number }) {
  return { id, version }
}

/** How many rows point at a record, by foreign key. */
async function pointers(
  desk: Desk,
  references: readonly { name: string }[],
  id: string,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { name } of references) {
    const [table = '', column = ''] = name.split('.')
    const [row] = await read<{ n: number }>(
      desk,
      (tx) =>
        tx.db.execute(
          sql`select count(*)::integer as n from ${sql.identifier('crm')}.${sql.identifier(table)} where ${sql.identifier(column)} = ${id}`,
        ) as never,
    )
    if (row !== undefined && row.n > 0) counts[name] = row.n
  }
  return counts
}

/** Every row of the tenant but history, without what any write of the two counts up. */
async function rowsOf(desk: Desk, both: readonly string[]): Promise<unknown> {
  const tables = [...new Set([...accountReferences, ...contactReferences].map(({ name }) => name.split('.')[0] ?? ''))]
  const rows: Record<string, unknown[]> = {}
  for (const table of [...tables, 'contacts']) {
    rows[table] = await read(
      desk,
      (tx) =>
        tx.db
          .execute(sql`select to_jsonb(t) - ${both.length > 0 ? sql`array['version', 'updated_at', 'updated_by', 'deleted_by']` : sql`array[]::text[]`} as row
        from ${sql.identifier('crm')}.${sql.identifier(table)} t order by id`) as never,
    )
  }
  return rows
}

function read<Row>(desk: Desk, work: (tx: Executor) => Promise<Row[]>): Promise<Row[]> {
  return desk.database.transaction(work)
}
