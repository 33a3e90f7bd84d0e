import { AccountListQuery } from '@tenantry/contracts/accounts'
import type { AccountId } from '@tenantry/contracts/ids'
import { accountInput } from '@tenantry/testing/factories/account'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { inEveryPlacement } from '../placements.fixture.ts'

const missing = () => v7() as AccountId
const query = (overrides: z.input<typeof AccountListQuery> = {}) => AccountListQuery.parse(overrides)

inEveryPlacement((placement) => {
  test('an account reads as it was created', async () => {
    const { mine } = placement()
    const created = await mine.write((db) =>
      db.accounts.create(accountInput({ name: 'Lumen Studio', ownerId: mine.person.id })),
    )
    expect(created).toMatchObject({
      name: 'Lumen Studio',
      ownerName: 'Robin Weber',
      version: 1,
      createdBy: mine.person.id,
      taxId: null,
    })
    expect(created.createdAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
    expect(await mine.read.accounts.byId(created.id)).toEqual(created)
    expect((await mine.read.accounts.list(query({ search: 'lumen st' }))).rows).toEqual([created])
    expect(await mine.read.accounts.count(query())).toEqual({ count: 1, capped: false })
    const timeline = await mine.read.accounts.timeline(created.id, { limit: 10 })
    expect(timeline.rows[0]).toMatchObject({ action: 'created', actorName: 'Robin Weber', versionAfter: 1 })
    await expect(mine.read.accounts.byId(missing())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
