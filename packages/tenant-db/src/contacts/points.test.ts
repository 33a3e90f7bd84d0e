import { ContactListQuery, type ContactPoint, type ContactPointInput } from '@tenantry/contracts/contacts'
import type { ContactId } from '@tenantry/contracts/ids'
import { contactInput } from '@tenantry/testing/factories/contact'
import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('of each kind the main address stands for the contact, else the first by name', async () => {
    const { mine } = placement()
    const { id } = await create(mine, [email('b@x.example'), email('a@x.example'), phone('+4930111111')])
    expect(await listed(mine, id)).toMatchObject({ email: 'a@x.example', phone: '+4930111111' })
    const main = await patch(mine, id, 1, [email('b@x.example', true), email('a@x.example')])
    expect(main).toMatchObject({ email: 'b@x.example', phone: null })
    expect(main.points.map(({ value }) => value)).toEqual(['b@x.example', 'a@x.example'])
    expect(await listed(mine, id)).toMatchObject({ email: 'b@x.example', phone: null })
  })

  test('a new list replaces the old one, and what stays keeps its id and what is known of it', async () => {
    const { mine } = placement()
    const before = await create(mine, [email('stays@x.example'), email('goes@x.example')])
    await mine.database.transaction((tx) => tx.run(bounce, { contactId: before.id }))
    const after = await patch(mine, before.id, 1, [
      phone('+4930222222'),
      { ...email('Stays@X.example'), label: 'work' },
    ])
    expect(after.points).toEqual([
      {
        id: idOf(before, 'stays@x.example'),
        kind: 'email',
        value: 'Stays@X.example',
        label: 'work',
        isPrimary: false,
        optedOutAt: null,
        bouncedAt: expect.any(String),
      },
      {
        id: expect.any(String),
        kind: 'phone',
        value: '+4930222222',
        label: null,
        isPrimary: false,
        optedOutAt: null,
        bouncedAt: null,
      },
    ])
  })

  test('two addresses change places as the main one in one patch, there and back', async () => {
    const { mine } = placement()
    const { id } = await create(mine, [email('a@x.example', true), email('b@x.example')])
    const there = await patch(mine, id, 1, [email('a@x.example'), email('b@x.example', true)])
    expect(there.points.filter((point) => point.isPrimary).map(({ value }) => value)).toEqual(['b@x.example'])
    const back = await patch(mine, id, 2, [email('a@x.example', true), email('b@x.example')])
    expect(back.points.filter((point) => point.isPrimary).map(({ value }) => value)).toEqual(['a@x.example'])
  })

  test('the same addresses in another order are no change', async () => {
    const { mine } = placement()
    const { id } = await create(mine, [email('a@x.example'), phone('+4930333333'), email('b@x.example', true)])
    const same = await patch(mine, id, 1, [email('b@x.example', true), email('a@x.example'), phone('+4930333333')])
    expect(same.version).toBe(1)
  })

  test('an empty list takes all addresses away, and undoing it brings them back', async () => {
    const { mine } = placement()
    const before = await create(mine, [email('a@x.example', true), phone('+4930444444', true)])
    const { points, email: main } = await patch(mine, before.id, 1, [])
    expect({ points, main }).toEqual({ points: [], main: null })
    const [change] = (await mine.read.contacts.timeline(before.id, { limit: 1 })).rows
    const undone = await mine.write((db) => db.contacts.undo(before.id, change?.id ?? ''))
    expect(undone.points.map(withoutId)).toEqual(before.points.map(withoutId))
  })

  test('one address twice is refused, in whatever spelling, and nothing is written', async () => {
    const { mine } = placement()
    const { id } = await create(mine, [email('a@x.example')])
    const twice = patch(mine, id, 1, [email('b@x.example'), email('B@X.EXAMPLE')])
    await expect(twice).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'points' } })
    expect(await mine.read.contacts.byId(id)).toMatchObject({ version: 1, email: 'a@x.example' })
    expect((await mine.read.contacts.timeline(id, { limit: 10 })).rows).toHaveLength(1)
    await expect(create(mine, [phone('+4930555555'), phone('+4930555555')])).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      data: { field: 'points' },
    })
  })

  test('when everybody makes another address the main one at once, there is one main address', async () => {
    const { mine } = placement()
    const values = ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example']
    const { id } = await create(
      mine,
      values.map((value) => email(value)),
    )
    const attempts = await Promise.allSettled(
      values.map((main) =>
        patch(
          mine,
          id,
          1,
          values.map((value) => email(value, value === main)),
        ),
      ),
    )
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const { points } = await mine.read.contacts.byId(id)
    expect(points.filter(({ isPrimary }) => isPrimary)).toHaveLength(1)
  })

  test('whoever waited for another patch decides by what it wrote', async () => {
    const { mine } = placement()
    const { id } = await create(mine, [email('first@x.example')])
    await patch(mine, id, 1, [email('second@x.example')])
    const [mistake] = (await mine.read.contacts.timeline(id, { limit: 1 })).rows
    let undo: Promise<unknown> = Promise.resolve()
    await mine.write(async (db) => {
      await db.contacts.patch({ id, version: 2, patch: { points: [email('third@x.example')] } })
      undo = mine.write((other) => other.contacts.undo(id, mistake?.id ?? '')).catch((error: unknown) => error)
      await somebodyWaits(mine)
    })
    expect(await undo).toMatchObject({
      code: 'STALE_WRITE',
      data: { currentVersion: 3, changed: { points: [expect.objectContaining({ value: 'third@x.example' })] } },
    })
    expect(await mine.read.contacts.byId(id)).toMatchObject({ email: 'third@x.example', version: 3 })
  })

  test('two tenants may have contacts with the same address', async () => {
    const { mine, theirs } = placement()
    const points = [email('shared@x.example', true)]
    await create(mine, points)
    expect((await create(theirs, points)).email).toBe('shared@x.example')
  })
})

function email(value: string, isPrimary = false): ContactPointInput {
  return { kind: 'email', value, isPrimary }
}

function phone(value: string, isPrimary = false): ContactPointInput {
  return { kind: 'phone', value, isPrimary }
}

function create(desk: Desk, points: ContactPointInput[]) {
  return desk.write((db) => db.contacts.create(contactInput({ points })))
}

function patch(desk: Desk, id: ContactId, version: number, points: ContactPointInput[]) {
  return desk.write((db) => db.contacts.patch({ id, version, patch: { points } }))
}

async function listed(desk: Desk, id: ContactId) {
  const { rows } = await desk.read.contacts.list(ContactListQuery.parse({ limit: 200 }))
  return rows.find((row) => row.id === id)
}

function idOf({ points }: { points: { id: string; value: string }[] }, value: string) {
  return points.find((point) => point.value === value)?.id
}

function withoutId({ kind, value, label, isPrimary }: ContactPoint) {
  return { kind, value, label, isPrimary }
}

/** Until another session of the tenant waits for a lock. */
async function somebodyWaits(desk: Desk): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if ((await desk.database.reader.run(waiting, {})).length > 0) return
    await sleep(10)
  }
  throw new Error('nobody waits')
}

const waiting = statement<Record<string, never>, { pid: number }>((db) =>
  db.execute<{ pid: number }>(
    sql`select pid from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())`,
  ),
)

const contactId = sql.placeholder('contactId')

const bounce = statement<{ contactId: string }, never>((db) =>
  db.execute(sql`update crm.contact_points set bounced_at = now() where contact_id = ${contactId}`),
)
