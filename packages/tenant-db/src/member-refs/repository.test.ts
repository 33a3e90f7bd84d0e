import type { UserId } from '@tenantry/contracts/ids'
import { accountInput } from '@tenantry/testing/factories/account'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('members are listed by name, former ones too, and one can be sent alone', async () => {
    const { mine } = placement()
    const [ada, bea] = [member('Ada', 'ada@x.example'), member('Bea', null)]
    await mine.write((db) => db.memberRefs.put([bea, ada]))
    const robin = { userId: mine.person.id, name: 'Robin Weber', email: null, isActive: true }
    const listed = (of: typeof ada, more = {}) => ({
      userId: of.userId,
      name: of.name,
      email: of.email,
      isActive: true,
      ...more,
    })
    expect(await mine.read.memberRefs.list()).toEqual([listed(ada), listed(bea), robin])
    await mine.write((db) => db.memberRefs.put([{ ...ada, name: 'Zoe', status: 'removed' }]))
    expect(await mine.read.memberRefs.list()).toEqual([
      listed(bea),
      robin,
      listed(ada, { name: 'Zoe', isActive: false }),
    ])
  })

  test('a record shows its owner by the name the owner has now', async () => {
    const { mine } = placement()
    const owner = member('Before')
    await mine.write((db) => db.memberRefs.put([owner]))
    const { id } = await mine.write((db) => db.accounts.create(accountInput({ ownerId: owner.userId })))
    await mine.write((db) => db.memberRefs.put([{ ...owner, name: 'After', status: 'suspended' }]))
    expect(await mine.read.accounts.byId(id)).toMatchObject({ ownerName: 'After' })
  })

  test('the members of one tenant are no members of the other, whoever they are', async () => {
    const { mine, theirs } = placement()
    const both = member('Works for both')
    await mine.write((db) => db.memberRefs.put([both]))
    await theirs.write((db) => db.memberRefs.put([{ ...both, name: 'Under another name' }]))
    const names = async (desk: typeof mine) => (await desk.read.memberRefs.list()).map(({ name }) => name)
    expect(await names(mine)).toContain('Works for both')
    expect(await names(theirs)).not.toContain('Works for both')
  })

  test('the same people sent many times at once, in any order, are written once', async () => {
    const { mine } = placement()
    const people = Array.from({ length: 500 }, (_, index) => member(`Crowd ${index}`))
    await Promise.all(
      Array.from({ length: 16 }, (_, turn) =>
        mine.write((db) => db.memberRefs.put(turn % 2 === 0 ? people : people.toReversed())),
      ),
    )
    const crowd = (await mine.read.memberRefs.list()).filter(({ name }) => name.startsWith('Crowd'))
    expect(crowd).toHaveLength(500)
  })
})

function member(name: string, email: string | null = null) {
  return { userId: v7() as UserId, name, email, status: 'active' as const }
}
