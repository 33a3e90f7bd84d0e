import type { DataSourceState, HealthFinding } from '@tenantry/contracts/data-source-health'
import { lookInto } from '@tenantry/testing/look-into'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { openAppDb } from '../open.ts'
import { stageOperator } from '../operator.fixture.ts'
import type { HealthTurn } from './rounds.ts'

let stage: Awaited<ReturnType<typeof stageOperator>>
beforeAll(async () => {
  stage = await stageOperator()
})
afterAll(() => stage.close())
// Whoever has changed is due.
beforeEach(async () => {
  for (const slug of ['acme', 'bloom']) await invalidate(slug)
})

const invalidate = async (slug: string) => (await stage.operatorDb()).fleet.invalidate(slug)

/** As another process of the product has it. */
function open() {
  const app = openAppDb({ target: stage.target })
  onTestFinished(() => app.close())
  return app
}

const minuteMs = 60_000
const all = { atMost: 10, without: [], leaseMs: minuteMs }

function finding(state: DataSourceState = 'healthy', code: string | null = null): HealthFinding {
  const found = { message: null, schemaVersion: null, serverVersion: null, databaseBytes: null, replicas: [] }
  return { checkedAt: new Date().toISOString(), state, code, milliseconds: 12, ...found }
}

async function look(state: DataSourceState, code: string | null = null) {
  const { healthRounds } = open()
  const { turns } = await healthRounds.take(all)
  for (const turn of turns) await turn.settle(finding(state, code), 0)
  expect(turns).toHaveLength(2)
}

test('of many processes that ask at once, one gets each data source, until it has looked', async () => {
  const processes = Array.from({ length: 4 }, open)
  const takeAtOnce = async () => {
    const taken = await Promise.all(processes.map(({ healthRounds }) => healthRounds.take(all)))
    return taken.flatMap((round) => round.turns)
  }
  await takeAtOnce()
  // Not every time are they at it in the same moment.
  let turns: HealthTurn[] = []
  for (let round = 0; round < 25; round++) {
    await lookInto(stage.admin, 'update app.data_source_health set due_at = now()')
    turns = await takeAtOnce()
    expect(turns.map(({ tenantId }) => tenantId).sort()).toEqual([stage.tenantId, stage.otherTenantId].sort())
  }
  expect((await open().healthRounds.take(all)).turns).toEqual([])
  for (const turn of turns) await turn.settle(finding(), minuteMs)
  const after = await open().healthRounds.take(all)
  expect(after.turns).toEqual([])
  expect(after.nextInMs).toBeGreaterThan(minuteMs / 2)
  expect(after.nextInMs).toBeLessThanOrEqual(minuteMs)
})

test('what a process took on and never settled is taken over by another one', async () => {
  await open().healthRounds.take({ ...all, leaseMs: 50 })
  await sleep(60)
  expect((await open().healthRounds.take(all)).turns).toHaveLength(2)
})

test('a data source that changed while somebody looked is due at once, whatever was found', async () => {
  const { healthRounds } = open()
  const { turns } = await healthRounds.take(all)
  await invalidate('acme')
  for (const turn of turns) await turn.settle(finding(), minuteMs)
  const again = await healthRounds.take(all)
  expect(again.turns.map(({ tenantId }) => tenantId)).toEqual([stage.tenantId])
})

test('nobody is taken on of a server that is left out, or of a tenant that is archived', async () => {
  const { healthRounds } = open()
  const { turns } = await healthRounds.take({ ...all, without: ['db.example:5432'], leaseMs: 0 })
  expect(turns).toEqual([])
  await stage.db.tenants.setStatus('op', 'bloom', 'archived')
  const rest = await healthRounds.take({ ...all, leaseMs: 0 })
  expect(rest.turns.map(({ server, tenantId }) => ({ server, tenantId }))).toEqual([
    { server: 'db.example:5432', tenantId: stage.tenantId },
  ])
  await stage.db.tenants.setStatus('op', 'bloom', 'active')
})

test('whoever has a turn learns where the data is and how to log in there', async () => {
  const { turns } = await open().healthRounds.take(all)
  const acme = turns.find(({ tenantId }) => tenantId === stage.tenantId)
  expect(await acme?.dataSource()).toMatchObject({ region: 'eu', sealedAnonKey: 'sealed', replicas: [] })
})

test('a size stays known while nobody asks for it, and until another one is found', async () => {
  const { health } = open()
  const lookFor = async (databaseBytes: number | null) => {
    const { turns } = await open().healthRounds.take(all)
    for (const turn of turns) await turn.settle({ ...finding(), databaseBytes }, 0)
    return (await health.all()).get('acme')?.databaseBytes
  }
  expect(await lookFor(5)).toBe(5)
  expect(await lookFor(null)).toBe(5)
  expect(await lookFor(7)).toBe(7)
})

test('it is known since when a state lasts, and the audit log tells of going away and coming back alone', async () => {
  const { health } = open()
  const acme = async () => (await health.all()).get('acme')
  await look('healthy')
  const begun = (await acme())?.since
  await look('degraded')
  const slow = await acme()
  expect(slow).toMatchObject({ state: 'degraded', since: slow?.checkedAt })
  expect(slow?.since).not.toBe(begun)
  await look('degraded')
  expect((await acme())?.since).toBe(slow?.since)
  await look('unreachable', 'TENANT_DATABASE_UNREACHABLE')
  await look('unreachable', 'TENANT_DATABASE_UNREACHABLE')
  await look('healthy')
  const { tenantAudit } = await stage.operatorDb()
  const { rows } = await tenantAudit.list({ slug: 'acme', limit: 50 })
  expect(rows.filter(({ action }) => /went_away|came_back/.test(action))).toMatchObject([
    { action: 'data_source.came_back', actorKind: 'system', detail: { from: 'unreachable', to: 'healthy' } },
    { action: 'data_source.went_away', detail: { to: 'unreachable', code: 'TENANT_DATABASE_UNREACHABLE' } },
  ])
})

test('the counts are those of the tenants that are served, and tell how long the longest has been due', async () => {
  const { health } = open()
  await look('refused')
  await sleep(20)
  const { states, overdueSeconds } = await health.counts()
  expect(states).toMatchObject({ refused: 2, unchecked: 0 })
  expect(overdueSeconds).toBeGreaterThan(0.01)
  await stage.db.tenants.setStatus('op', 'bloom', 'archived')
  expect((await health.counts()).states).toMatchObject({ refused: 1 })
  expect(await health.statesByTenant()).toEqual([{ tenantId: stage.tenantId, state: 'refused' }])
  await stage.db.tenants.setStatus('op', 'bloom', 'active')
})
