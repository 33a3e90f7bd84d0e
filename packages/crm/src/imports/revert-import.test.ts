import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { inEveryPlacement } from '@tenantry/testing/placements'
import { expect, test } from 'vitest'
import { everything, importDesk } from './import-desk.fixture.ts'

inEveryPlacement((placement) => {
  test('a revert leaves every table as it was, except for the history', async () => {
    const { mine } = placement()
    const { imported, done, rows } = importDesk(mine)
    await mine.write((db) => db.accounts.create(accountInput({ name: 'Revert Firm', email: 'firm@revert.example' })))
    const before = await everything(mine)
    const accounts = await imported(
      `name,email,city\n${[...Array(11).keys()].map((n) => `Made ${n},made${n % 9}@revert.example,Town`).join('\n')}\nRenamed,FIRM@revert.example,Town`,
      'account',
      { rule: 'update', by: 'email' },
    )
    expect(accounts).toMatchObject({ created: 9, updated: 3 })
    const contacts = await imported(
      'last name,email,company\nMade,c@revert.example,Made 3\nTwo,,Revert Firm',
      'contact',
    )
    expect(contacts).toMatchObject({ created: 1, failed: 1 })
    for (const { id } of [contacts, accounts]) expect(await done(id, 'reverting')).toBe('over')
    expect(await mine.read.imports.byId(accounts.id)).toMatchObject({ status: 'reverted', reverted: 12, kept: 0 })
    expect(await everything(mine)).toEqual(before)
    expect(new Set((await rows(accounts.id)).map(({ outcome }) => outcome))).toEqual(new Set(['reverted']))
    await expect(done(accounts.id, 'running')).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  })

  test('an address brings its mark along from a file, and keeps it when the file is taken back', async () => {
    const { mine } = placement()
    const { imported, done, rows } = importDesk(mine)
    const address = { kind: 'email', value: 'quiet@revert.example' } as const
    await mine.write((db) => db.contacts.silence({ ...address, reason: 'opted_out' }))
    const batch = await imported('last name,email\nMade,Quiet@revert.example', 'contact')
    const [row] = await rows(batch.id)
    const { points } = await mine.read.contacts.byId(row?.recordId as never)
    expect(points).toMatchObject([{ optedOutAt: expect.any(String) as string }])
    await done(batch.id, 'reverting')
    expect(await mine.read.imports.byId(batch.id)).toMatchObject({ reverted: 1, kept: 0 })
    expect(await mine.read.contacts.whySilent(address)).toBe('opted_out')
  })

  test('a revert keeps what was changed since or is pointed at, and says why', async () => {
    const { mine } = placement()
    const { imported, done, rows } = importDesk(mine)
    const old = await mine.write((db) => db.accounts.create(accountInput({ name: 'Kept Old', billingCity: null })))
    const batch = await imported(
      'name,city\nKept One,A\nKept Two,B\nKept Three,C\nKept Old,D\nKept Bin,E\n',
      'account',
      { rule: 'update', by: 'name' },
    )
    const [one, two, , , bin] = (await rows(batch.id)).map(({ recordId }) => recordId as never)
    await mine.write(async (db) => {
      await db.accounts.patch({ id: one as never, version: 1, patch: { billingCity: 'Changed' } })
      await db.accounts.patch({ id: old.id, version: 2, patch: { website: 'https://x.example' } })
      await db.accounts.remove({ id: bin as never, version: 1 })
      await db.pipelines.create(pipelineInput())
      await db.opportunities.create(opportunityInput({ accountId: two as never }))
    })
    await done(batch.id, 'reverting')
    expect(await mine.read.imports.byId(batch.id)).toMatchObject({ status: 'reverted', reverted: 1, kept: 4 })
    const kept = await rows(batch.id, 'kept')
    expect(kept.map(({ row, errors }) => [row, errors[0]?.message])).toEqual([
      [1, 'Somebody has changed this record since.'],
      [2, 'Something else points at this record.'],
      [4, 'Somebody has changed this record since.'],
      [5, 'Somebody has changed this record since.'],
    ])
    expect(await mine.read.accounts.byId(old.id)).toMatchObject({ billingCity: 'D', website: 'https://x.example' })
    expect(await mine.read.accounts.byId(two as never)).toMatchObject({ name: 'Kept Two' })
  })

  test('of two imports that changed the same records the first says which one to take back before it, and then goes whole', async () => {
    const { mine } = placement()
    const { imported, done, rows } = importDesk(mine)
    const rule = { rule: 'update', by: 'name' } as const
    await mine.write((db) => db.contacts.create(contactInput({ firstName: 'Two', lastName: 'Files', jobTitle: null })))
    const before = await everything(mine)
    const importBoth = async () => {
      const head = 'first name,last name,job title,email\n'
      const first = await imported(`${head}Two,Files,First,\nNew,One,,n1@two.example\nNew,Two,,\n`, 'contact', rule)
      const second = await imported(`${head}Two,Files,Second,t@two.example\nNew,One,,n2@two.example\n`, 'contact', rule)
      expect([first, second]).toMatchObject([
        { created: 2, updated: 1 },
        { created: 0, updated: 2 },
      ])
      return [first.id, second.id] as const
    }
    const [first, second] = await importBoth()
    await done(first, 'reverting')
    expect(await mine.read.imports.byId(first)).toMatchObject({ status: 'reverted', reverted: 1, kept: 2, invalid: 2 })
    const message = 'The import of «customers.csv» has changed this record since. Take that one back first.'
    expect((await rows(first, 'kept')).map(({ row, errors }) => [row, errors[0]?.message])).toEqual([
      [1, message],
      [2, message],
    ])
    await done(second, 'reverting')
    expect(await mine.read.imports.byId(second)).toMatchObject({ reverted: 2, kept: 0 })
    // What was kept can be asked for again.
    await done(first, 'reverting')
    expect(await mine.read.imports.byId(first)).toMatchObject({ status: 'reverted', reverted: 3, kept: 0, invalid: 0 })
    expect(await everything(mine)).toEqual(before)
    await expect(done(first, 'reverting')).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    for (const id of (await importBoth()).toReversed()) await done(id, 'reverting')
    expect(await everything(mine)).toEqual(before)
  })
})
