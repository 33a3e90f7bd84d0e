import { AccountListQuery, type Account, type AccountPatch } from '@tenantry/contracts/accounts'
import { accountInput } from '@tenantry/testing/factories/account'
import { expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('an account reads as it was created, with all its fields', async () => {
    const { mine } = placement()
    const parent = await mine.write((db) => db.accounts.create(accountInput({ name: 'Parent' })))
    const fields = {
      name: 'Lumen Studio',
      kind: 'person',
      status: 'inactive',
      ownerId: mine.person.id,
      parentAccountId: parent.id,
      email: 'Info@Lumen.example',
      phone: '+4930123456',
      website: 'https://lumen.example',
      industry: 'Light',
      source: 'Fair',
      taxId: 'DE123',
      defaultCurrency: 'EUR',
      paymentTermsDays: 14,
      billingLine1: 'Street 1',
      billingLine2: 'Back yard',
      billingCity: 'Ulm',
      billingRegion: 'BW',
      billingPostalCode: '89073',
      billingCountry: 'DE',
      timeZone: 'Europe/Berlin',
      locale: 'de-DE',
      description: 'Two\nlines, 🎉 and a "quote".',
    } as const
    const created = await mine.write((db) => db.accounts.create(fields))
    expect(created).toEqual({
      ...fields,
      id: created.id,
      ownerName: mine.person.name,
      version: 1,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      createdBy: mine.person.id,
      updatedAt: created.createdAt,
      updatedBy: mine.person.id,
      archivedAt: null,
      deletedAt: null,
      custom: {},
    })
    expect(await mine.read.accounts.byId(created.id)).toEqual(created)
    expect((await mine.read.accounts.list(AccountListQuery.parse({ search: 'lumen' }))).rows).toEqual([created])
  })

  test('a patch gives back what the account reads as afterwards, whoever owns it now', async () => {
    const { mine } = placement()
    const { id } = await mine.write((db) => db.accounts.create(accountInput()))
    const patches: AccountPatch[] = [
      { ownerId: mine.person.id },
      { ownerId: null },
      { name: 'Other', billingCity: null },
    ]
    let account: Account | undefined
    for (const [index, patch] of patches.entries()) {
      account = await mine.write((db) => db.accounts.patch({ id, version: index + 1, patch }))
      expect(account).toEqual(await mine.read.accounts.byId(id))
    }
    expect(account).toMatchObject({ ownerId: null, ownerName: null, name: 'Other', billingCity: null, version: 4 })
  })

  test('an e-mail address keeps its spelling, and another spelling is a change', async () => {
    const { mine } = placement()
    const { id } = await mine.write((db) => db.accounts.create(accountInput({ email: 'info@lumen.example' })))
    const patched = await mine.write((db) =>
      db.accounts.patch({ id, version: 1, patch: { email: 'Info@Lumen.example' } }),
    )
    expect(patched).toMatchObject({ email: 'Info@Lumen.example', version: 2 })
  })
})
