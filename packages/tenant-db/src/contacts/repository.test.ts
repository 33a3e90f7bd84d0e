import { ContactListQuery, ContactSummary } from '@tenantry/contracts/contacts'
import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('a contact reads as it was created, with all its fields, addresses and companies', async () => {
    const { mine } = placement()
    const account = await mine.write((db) => db.accounts.create(accountInput({ name: 'Lumen' })))
    const created = await mine.write((db) =>
      db.contacts.create({
        firstName: 'Ada',
        lastName: 'Byron',
        jobTitle: 'Engineer',
        ownerId: mine.person.id,
        status: 'inactive',
        doNotContact: true,
        timeZone: 'Europe/London',
        locale: 'en-GB',
        birthday: '1815-12-10',
        points: [{ kind: 'email', value: 'Ada@example.com', label: 'home', isPrimary: true }],
        silenced: [{ kind: 'email', value: 'ada@example.com', reason: 'bounced' }],
        accounts: [{ accountId: account.id, isPrimary: true, role: 'Owner', startedOn: '2025-02-03' }],
        formerAccounts: [{ accountId: account.id, role: 'Guest', endedOn: '2024-12-31' }],
      }),
    )
    expect(created).toEqual({
      id: created.id,
      displayName: 'Ada Byron',
      firstName: 'Ada',
      lastName: 'Byron',
      jobTitle: 'Engineer',
      ownerId: mine.person.id,
      ownerName: mine.person.name,
      status: 'inactive',
      doNotContact: true,
      timeZone: 'Europe/London',
      locale: 'en-GB',
      birthday: '1815-12-10',
      email: 'Ada@example.com',
      phone: null,
      accountId: account.id,
      accountName: 'Lumen',
      points: [
        {
          id: expect.any(String),
          kind: 'email',
          value: 'Ada@example.com',
          label: 'home',
          isPrimary: true,
          optedOutAt: null,
          bouncedAt: expect.stringMatching(/Z$/),
        },
      ],
      accounts: [
        {
          id: expect.any(String),
          accountId: account.id,
          accountName: 'Lumen',
          role: 'Owner',
          isPrimary: true,
          startedOn: '2025-02-03',
        },
      ],
      formerAccounts: [
        {
          id: expect.any(String),
          accountId: account.id,
          accountName: 'Lumen',
          role: 'Guest',
          startedOn: null,
          endedOn: '2024-12-31',
        },
      ],
      version: 1,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      createdBy: mine.person.id,
      updatedAt: created.createdAt,
      updatedBy: mine.person.id,
      archivedAt: null,
      deletedAt: null,
      custom: {},
    })
    expect(await mine.read.contacts.byId(created.id)).toEqual(created)
    const { rows } = await mine.read.contacts.list(ContactListQuery.parse({}))
    expect(rows).toEqual([ContactSummary.parse(created)])
  })

  test('a name is what there is of it, and a contact without any is refused', async () => {
    const { mine } = placement()
    const created = await mine.write((db) => db.contacts.create(contactInput({ firstName: 'Cher', lastName: null })))
    expect(created.displayName).toBe('Cher')
    const { id } = created
    const renamed = await mine.write((db) =>
      db.contacts.patch({ id, version: 1, patch: { firstName: null, lastName: 'Sarkisian' } }),
    )
    expect(renamed.displayName).toBe('Sarkisian')
    await expect(
      mine.write((db) => db.contacts.patch({ id, version: 2, patch: { lastName: null } })),
    ).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'firstName' } })
  })
})
