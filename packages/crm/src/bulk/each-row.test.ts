import { AccountListQuery } from '@tenantry/contracts/accounts'
import { TenantryError } from '@tenantry/errors'
import { accountInput } from '@tenantry/testing/factories/account'
import { inEveryPlacement } from '@tenantry/testing/placements'
import { expect, test } from 'vitest'
import { eachRow } from './each-row.ts'

inEveryPlacement((placement) => {
  test('of many rows each is changed or says why not, whatever becomes of the others', async () => {
    const { mine, theirs } = placement()
    const [first, stale, last] = await mine.write(async (db) => [
      await db.accounts.create(accountInput()),
      await db.accounts.create(accountInput()),
      await db.accounts.create(accountInput()),
    ])
    const foreign = await theirs.write((db) => db.accounts.create(accountInput()))
    if (!first || !stale || !last) throw new Error('three accounts were asked for')
    await mine.write((db) => db.accounts.patch({ id: stale.id, version: 1, patch: { industry: 'Music' } }))
    const rows = [first, stale, foreign, last].map(({ id }) => ({ id, version: 1 }))
    const results = await mine.write((db) =>
      eachRow(db, rows, (part, row) => part.accounts.patch({ ...row, patch: { source: 'Fair' } })),
    )
    expect(results).toEqual([
      { done: true, version: 2 },
      { done: false, code: 'STALE_WRITE', message: expect.any(String) },
      { done: false, code: 'NOT_FOUND', message: expect.any(String) },
      { done: true, version: 2 },
    ])
    expect(await mine.read.accounts.byId(stale.id)).toMatchObject({ source: null, industry: 'Music' })
    expect(await mine.read.accounts.byId(last.id)).toMatchObject({ source: 'Fair' })
    expect(await theirs.read.accounts.byId(foreign.id)).toEqual(foreign)
  })

  test('a row that the database refuses takes back what was done to it, and the rest goes on', async () => {
    const { mine } = placement()
    const [one, other] = await mine.write(async (db) => [
      await db.accounts.create(accountInput()),
      await db.accounts.create(accountInput()),
    ])
    if (!one || !other) throw new Error('two accounts were asked for')
    const results = await mine.write((db) =>
      eachRow(db, [one, other], async (part, row) => {
        const changed = await part.accounts.patch({ id: row.id, version: 1, patch: { industry: 'half' } })
        if (row === one) await part.accounts.patch({ id: row.id, version: 2, patch: { defaultCurrency: 'XXX' } })
        return changed
      }),
    )
    expect(results.map(({ done }) => done)).toEqual([false, true])
    expect(await mine.read.accounts.byId(one.id)).toEqual(one)
  })

  test('callers that change some of the same at once wait for each other, in whatever order they name them', async () => {
    const { mine } = placement()
    const made = await mine.write(async (db) => {
      const accounts = []
      for (let count = 0; count < 20; count++) accounts.push(await db.accounts.create(accountInput()))
      return accounts
    })
    const change = (rows: typeof made) =>
      mine.write((db) =>
        eachRow(db, rows, (part, { id }) => part.accounts.patch({ id, version: 1, patch: { industry: 'Music' } })),
      )
    const results = await Promise.all([made, made.toReversed(), made, made.toReversed()].map(change))
    expect(results.flat().filter(({ done }) => done)).toHaveLength(20)
  })

  test('a failure that is about no row changes nothing at all', async () => {
    const { mine } = placement()
    const lost = new TenantryError('CONNECTION_LOST')
    const before = await mine.read.accounts.list(AccountListQuery.parse({}))
    const act = mine.write((db) =>
      eachRow(db, before.rows, async (part, row) => {
        if (row === before.rows.at(-1)) throw lost
        return part.accounts.patch({ id: row.id, version: row.version, patch: { taxId: 'new' } })
      }),
    )
    await expect(act).rejects.toBe(lost)
    expect(await mine.read.accounts.list(AccountListQuery.parse({}))).toEqual(before)
  })
})
