import type { TenantStatus } from '@tenantry/contracts/session'
import { accountInput } from '@tenantry/testing/factories/account'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setTenantState } from './set-tenant-state.ts'
import { operatorGrant, stageFleet, type FleetStage } from './stage.fixture.ts'

let stage: FleetStage
beforeAll(async () => {
  stage = await stageFleet()
})
afterAll(() => stage.close())

async function set(slug: string, state: TenantStatus) {
  const { app, adminAt } = stage
  await using run = await app.runs.start({ kind: `tenant.${state}`, subject: slug, input: {}, startedBy: 'ines' })
  const result = await setTenantState({ app, adminAt, operatorName: 'ines', slug, state, run })
  await run.finish('done')
  return result
}

const addAccount = async (slug: string) => {
  const grant = await operatorGrant(stage, slug)
  return stage.dataSources.withTenantWriter(grant, (db) => db.accounts.create(accountInput()))
}
const countPipelines = async (slug: string) => {
  const grant = await operatorGrant(stage, slug)
  return stage.dataSources.withTenant(grant, async (db) => (await db.pipelines.list()).length)
}

test.each(['dedicated', 'shared'] as const)(
  'work under way ends when its company is suspended, what is on its way is refused, and reading goes on: %s',
  async (placement) => {
    const input = stage.input({ placement })
    await stage.create(input)
    const { slug } = input
    // From before the suspension, and good for a minute.
    const grant = await operatorGrant(stage, slug)
    let isUnderWay: () => void = () => undefined
    const begun = new Promise<void>((resolve) => (isUnderWay = resolve))
    const work = stage.dataSources.withTenantWriter(grant, async (db) => {
      await db.accounts.create(accountInput({ name: 'half' }))
      isUnderWay()
      await sleep(20_000)
    })
    const outcome = work.catch((error: unknown) => error)
    await begun
    expect((await set(slug, 'suspended')).ended).toBeGreaterThan(0)
    expect(await outcome).toMatchObject({ code: 'TENANT_DATABASE_UNREACHABLE' })
    await expect(
      stage.dataSources.withTenantWriter(grant, (db) => db.accounts.create(accountInput())),
    ).rejects.toMatchObject({ name: 'TenantryError' })
    await expect(addAccount(slug)).rejects.toMatchObject({ code: 'TENANT_SUSPENDED' })
    expect(await countPipelines(slug)).toBe(1)
    expect(await stage.ask(input.database, 'select from crm.accounts')).toEqual([])

    await set(slug, 'active')
    await addAccount(slug)
    expect(await countPipelines(slug)).toBe(1)
  },
)

test('of an archived company nothing is reached, not even with a grant from before, and resuming restores all', async () => {
  const input = stage.input()
  await stage.create(input)
  const before = await operatorGrant(stage, input.slug)
  await set(input.slug, 'archived')
  await expect(operatorGrant(stage, input.slug)).rejects.toMatchObject({ code: 'TENANT_ARCHIVED' })
  await expect(stage.dataSources.withTenant(before, (db) => db.pipelines.list())).rejects.toMatchObject({
    code: expect.stringMatching(/^TENANT_DATABASE_/) as string,
  })
  await set(input.slug, 'active')
  expect(await countPipelines(input.slug)).toBe(1)
  await addAccount(input.slug)
})

test('suspending one company of a shared database leaves the other alone', async () => {
  const first = stage.input({ placement: 'shared' })
  const second = stage.input({ placement: 'shared', database: first.database })
  await stage.create(first)
  await stage.create(second)
  await addAccount(second.slug)
  await set(first.slug, 'archived')
  await addAccount(second.slug)
  expect(await countPipelines(second.slug)).toBe(1)
})
