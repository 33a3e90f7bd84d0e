import { ContactListQuery } from '@tenantry/contracts/contacts'
import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('a contact reads as it was created, with its addresses and companies', async () => {
    const { mine } = placement()
    const account = await mine.write((db) => db.accounts.create(accountInput({ name: 'Lumen' })))
    const created = await mine.write((db) =>
      db.contacts.create(
        contactInput({
          firstName: 'Ada',
          lastName: 'Byron',
          points: [{ kind: 'email', value: 'Ada@example.com', isPrimary: true }],
          accounts: [{ accountId: account.id, isPrimary: true, role: 'Owner' }],
        }),
      ),
    )
    expect(created).toMatchObject({
      displayName: 'Ada Byron',
      email: 'Ada@example.com',
      accountName: 'Lumen',
      accounts: [{ accountId: account.id, role: 'Owner' }],
    })
    expect(await mine.read.contacts.byId(created.id)).toEqual(created)
    const page = await mine.read.contacts.list(
      ContactListQuery.parse({ search: 'ada@EX', filters: { accountId: account.id } }),
    )
    expect(page.rows).toMatchObject([{ id: created.id, email: 'Ada@example.com', accountName: 'Lumen' }])
    const patched = await mine.write((db) =>
      db.contacts.patch({
        id: created.id,
        version: 1,
        patch: {
          points: [
            { kind: 'email', value: 'ada@new.example', isPrimary: false },
            { kind: 'email', value: 'ada@example.com', isPrimary: true },
          ],
        },
      }),
    )
    expect(patched.points).toHaveLength(2)
    expect(patched.points.find((point) => point.value === 'ada@example.com')?.id).toBe(created.points[0]?.id)
    const [change] = (await mine.read.contacts.timeline(created.id, { limit: 5 })).rows
    const undone = await mine.write((db) => db.contacts.undo(created.id, change?.id ?? ''))
    expect(undone.points).toEqual(created.points)
  })
})
