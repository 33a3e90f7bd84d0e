import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { inEveryPlacement } from '@tenantry/testing/placements'
import { expect, test } from 'vitest'
import { accountDuplicates, contactDuplicates } from './find-duplicates.ts'

inEveryPlacement((placement) => {
  test('companies that share a name, an address or a telephone are found, those most alike first, and never the company itself', async () => {
    const { mine, theirs } = placement()
    const fields = { name: 'Lumen Studio', email: 'info@lumen.example', phone: '+4930123456' }
    await theirs.write((db) => db.accounts.create(accountInput(fields)))
    const [one, same, called, other] = await mine.write(async (db) => [
      await db.accounts.create(accountInput(fields)),
      await db.accounts.create(accountInput({ ...fields, name: 'LUMEN STUDIO' })),
      await db.accounts.create(accountInput({ name: 'Lumen', email: null, phone: fields.phone })),
      await db.accounts.create(accountInput({ name: 'Somebody else', email: null, phone: null })),
      await db.accounts.remove(await db.accounts.create(accountInput(fields))),
    ])
    if (!one || !same || !called || !other) throw new Error('four companies were made')
    expect(await accountDuplicates(mine.read, one.id)).toEqual([
      { id: same.id, name: 'LUMEN STUDIO', alike: ['email', 'name', 'phone'] },
      { id: called.id, name: 'Lumen', alike: ['phone'] },
    ])
    expect(await accountDuplicates(mine.read, other.id)).toEqual([])
    await expect(accountDuplicates(theirs.read, one.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('people are found by any of their addresses, and once', async () => {
    const { mine, theirs } = placement()
    const point = (kind: 'email' | 'phone', value: string) => ({ kind, value })
    const [one, byMail, byPhone] = await mine.write(async (db) => [
      await db.contacts.create(
        contactInput({
          firstName: 'Ada',
          lastName: 'Weber',
          points: [point('email', 'ada@x.example'), point('email', 'a.weber@y.example'), point('phone', '+4930777777')],
        }),
      ),
      await db.contacts.create(
        contactInput({ firstName: 'ada', lastName: 'weber', points: [point('email', 'A.Weber@y.example')] }),
      ),
      await db.contacts.create(
        contactInput({ firstName: 'A.', lastName: 'W.', points: [point('phone', '+4930777777')] }),
      ),
    ])
    if (!one || !byMail || !byPhone) throw new Error('three people were made')
    expect(await contactDuplicates(mine.read, one.id)).toEqual([
      { id: byMail.id, name: 'ada weber', alike: ['email', 'name'] },
      { id: byPhone.id, name: 'A. W.', alike: ['phone'] },
    ])
    await expect(contactDuplicates(theirs.read, one.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
