import { ContactListQuery, FormerAccountInput, type ContactAccountInput } from '@tenantry/contracts/contacts'
import type { AccountId, ContactId } from '@tenantry/contracts/ids'
import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('a contact shows its companies by name, the main one first and for itself', async () => {
    const { mine } = placement()
    const [alder, birch, cedar] = [
      await company(mine, 'Alder'),
      await company(mine, 'Birch'),
      await company(mine, 'Cedar'),
    ]
    const contact = await create(mine, [link(cedar), link(birch, true), link(alder)])
    expect(contact.accounts.map(({ accountName }) => accountName)).toEqual(['Birch', 'Alder', 'Cedar'])
    expect(contact).toMatchObject({ accountId: birch, accountName: 'Birch' })
    const { rows } = await mine.read.contacts.list(ContactListQuery.parse({ filters: { accountId: cedar } }))
    expect(rows).toMatchObject([{ id: contact.id, accountId: birch, accountName: 'Birch' }])
  })

  test('a new list of companies replaces the old one, and a link that stays keeps its id', async () => {
    const { mine } = placement()
    const [stays, goes, comes] = [await company(mine), await company(mine), await company(mine)]
    const before = await create(mine, [link(stays), link(goes, true)])
    const after = await patch(mine, before.id, 1, [{ ...link(stays, true), role: 'Owner' }, link(comes)])
    expect(after.accounts).toEqual([
      expect.objectContaining({ id: linkId(before, stays), accountId: stays, role: 'Owner', isPrimary: true }),
      expect.objectContaining({ accountId: comes, role: null, isPrimary: false }),
    ])
    const undone = await undoLast(mine, before.id)
    expect(undone.accounts.map(({ accountId }) => accountId).sort()).toEqual([stays, goes].sort())
    expect(undone.accountId).toBe(goes)
  })

  test('a company of another tenant cannot be linked, as if there were no such company', async () => {
    const { mine, theirs } = placement()
    const foreign = await company(theirs)
    const contact = await create(mine, [])
    for (const accountId of [foreign, v7() as AccountId]) {
      const refusal = { code: 'RULE_VIOLATED', message: 'There is no such company.', data: { field: 'accounts' } }
      await expect(patch(mine, contact.id, 1, [link(accountId)])).rejects.toMatchObject(refusal)
      await expect(create(mine, [link(accountId)])).rejects.toMatchObject(refusal)
    }
    expect(await mine.read.contacts.byId(contact.id)).toEqual(contact)
    expect((await mine.read.contacts.timeline(contact.id, { limit: 10 })).rows).toHaveLength(1)
  })

  test('a link keeps since when it holds; one that has ended is an earlier one, and no current one any more', async () => {
    const { mine } = placement()
    const accountId = await company(mine, 'Alder')
    const since = { ...link(accountId, true), startedOn: '2024-05-01' }
    const { id } = await create(mine, [since])
    expect((await mine.read.contacts.byId(id)).accounts).toMatchObject([{ accountId, startedOn: '2024-05-01' }])
    const ended = { accountId, role: 'Planner', startedOn: '2024-05-01', endedOn: '2026-01-31' }
    const left = await mine.write((db) =>
      db.contacts.patch({ id, version: 1, patch: { accounts: [], formerAccounts: [ended] } }),
    )
    expect(left).toMatchObject({ accounts: [], accountId: null, formerAccounts: [{ ...ended, accountName: 'Alder' }] })
    const { rows } = await mine.read.contacts.list(ContactListQuery.parse({ filters: { accountId } }))
    expect(rows).toEqual([])
    // Back again, with the earlier time as it was, and its row too.
    const back = await patch(mine, id, 2, [link(accountId, true)])
    expect([back.accounts.length, back.formerAccounts]).toEqual([1, left.formerAccounts])
    const same = await mine.write((db) => db.contacts.patch({ id, version: 3, patch: { formerAccounts: [ended] } }))
    expect(same).toEqual(back)
    await undoLast(mine, id)
    expect(await undoOf(mine, id, 2)).toMatchObject({ accounts: [since], formerAccounts: [] })
  })

  test('nothing has ended that is to end later, or at a company of another tenant', async () => {
    const { mine, theirs } = placement()
    const [own, foreign] = [await company(mine), await company(theirs)]
    const contact = await create(mine, [])
    for (const [accountId, endedOn] of [
      [own, '2999-01-01'],
      [foreign, '2020-01-01'],
    ] as const) {
      const attempt = mine.write((db) =>
        db.contacts.patch({ id: contact.id, version: 1, patch: { formerAccounts: [{ accountId, endedOn }] } }),
      )
      await expect(attempt).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    }
    expect(await mine.read.contacts.byId(contact.id)).toEqual(contact)
    expect(
      FormerAccountInput.safeParse({ accountId: own, startedOn: '2020-02-02', endedOn: '2020-02-01' }).error?.issues,
    ).toMatchObject([{ path: ['endedOn'] }])
  })

  test('one company twice is refused', async () => {
    const { mine } = placement()
    const accountId = await company(mine)
    await expect(create(mine, [link(accountId), link(accountId)])).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      data: { field: 'accounts' },
    })
  })

  test('when everybody makes another company the main one at once, there is one main company', async () => {
    const { mine } = placement()
    const companies = [await company(mine), await company(mine), await company(mine)]
    const { id } = await create(
      mine,
      companies.map((accountId) => link(accountId)),
    )
    const attempts = await Promise.allSettled(
      companies.map((main) =>
        patch(
          mine,
          id,
          1,
          companies.map((accountId) => link(accountId, accountId === main)),
        ),
      ),
    )
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const { accounts } = await mine.read.contacts.byId(id)
    expect(accounts.filter(({ isPrimary }) => isPrimary)).toHaveLength(1)
  })
})

function link(accountId: AccountId, isPrimary = false): ContactAccountInput {
  return { accountId, isPrimary }
}

async function company(desk: Desk, name = 'Company'): Promise<AccountId> {
  return (await desk.write((db) => db.accounts.create(accountInput({ name })))).id
}

function create(desk: Desk, accounts: ContactAccountInput[]) {
  return desk.write((db) => db.contacts.create(contactInput({ accounts })))
}

function patch(desk: Desk, id: ContactId, version: number, accounts: ContactAccountInput[]) {
  return desk.write((db) => db.contacts.patch({ id, version, patch: { accounts } }))
}

async function undoLast(desk: Desk, id: ContactId) {
  const [change] = (await desk.read.contacts.timeline(id, { limit: 1 })).rows
  return desk.write((db) => db.contacts.undo(id, change?.id ?? ''))
}

async function undoOf(desk: Desk, id: ContactId, versionAfter: number) {
  const { rows } = await desk.read.contacts.timeline(id, { limit: 10 })
  const change = rows.find((row) => row.versionAfter === versionAfter)
  return desk.write((db) => db.contacts.undo(id, change?.id ?? ''))
}

function linkId({ accounts }: { accounts: { id: string; accountId: string }[] }, accountId: string) {
  return accounts.find((account) => account.accountId === accountId)?.id
}
