import type { AccountId, UserId } from '@tenantry/contracts/ids'
import { AccountSort } from '@tenantry/contracts/accounts'
import { OpportunitySort } from '@tenantry/contracts/opportunities'
import { openProduct } from '../product/runtime.ts'
import { record } from '../profile/record.ts'
import { readProgramInput } from '../program-input.ts'
import { repeat } from '../caller/repeat.ts'
import { interleave, rounds, type Measure } from '../rounds.ts'
import { sendResult } from '../run-program.ts'
import { searches } from './searches.ts'

/** Milliseconds of a call in each round, by what was called. */
export interface ListTimes {
  /** By list, sort and order: the first page and pages further on. */
  pages: Record<string, Record<string, number[]>>
  search: Record<string, number[]>
  count: Record<string, Record<string, number[]>>
  /** Of members who see their own accounts only, by how many those are, beside an owner's first page. */
  limited: Record<string, Record<string, number[]>>
}

const { world, seconds = 5, profileTo } = readProgramInput()
const runtime = openProduct(world)
const orders = ['asc', 'desc'] as const
/** Where in a list pages are measured, as shares of it. The last page is always one of them. */
const places = [0.1, 0.5, 0.9]
const walking = 200

const lists = {
  accounts: { sorts: AccountSort.options, page: (query: Query) => caller().accounts.list(query as never) },
  opportunities: {
    sorts: OpportunitySort.options,
    page: (query: Query) => caller().opportunities.list(query as never),
  },
}
type Query = { sort?: string; order?: string; limit: number; cursor?: string | null; search?: string }

const callers = new Map<string, { caller: ReturnType<typeof runtime.callerFor>; at: number }>()
/** A grant lives for a minute. */
function caller(cookieHeader = world.cookie) {
  let shared = callers.get(cookieHeader)
  if (shared === undefined || performance.now() - shared.at > 30_000) {
    shared = { caller: runtime.callerFor({ cookieHeader }), at: performance.now() }
    callers.set(cookieHeader, shared)
  }
  return shared.caller
}

await sendResult(async () => (profileTo === undefined ? await measureAll() : await watchSearch()))

async function measureAll(): Promise<ListTimes> {
  const times: ListTimes = { pages: {}, search: {}, count: {}, limited: {} }
  for (const [name, { sorts, page }] of Object.entries(lists)) {
    for (const sort of sorts) {
      for (const order of orders) {
        const cursors = await cursorsOf(page, { sort, order })
        times.pages[`${name} by ${sort} ${order}`] = await interleave(
          Object.fromEntries(
            [['first', undefined] as const, ...cursors].map(([place, cursor]) => [
              place,
              msOf(() => page({ sort, order, limit: 50, ...(cursor !== undefined && { cursor }) })),
            ]),
          ),
        )
      }
    }
    times.count[name] = await interleave({
      first: msOf(() => page({ limit: 50 })),
      count: msOf(() => (name === 'accounts' ? caller().accounts.count({}) : caller().opportunities.count({}))),
    })
  }
  const id = world.accountIds[0] as AccountId
  times.search = await interleave({
    get: msOf(() => caller().accounts.byId({ id })),
    ...Object.fromEntries(
      Object.keys(searches).map((search) => [search, msOf(() => lists.accounts.page({ search, limit: 50 }))]),
    ),
  })
  for (const [name, { userId, cookie }] of Object.entries(world.others)) {
    await caller().members.setAccess({
      userId: userId as UserId,
      teamId: null,
      access: { account: { see: 'own', change: 'own' } },
    })
    const own = () => caller(cookie).accounts
    times.limited[name] = await interleave({
      first: msOf(() => lists.accounts.page({ limit: 50 })),
      page: msOf(() => own().list({ limit: 50 })),
      oldest: msOf(() => own().list({ limit: 50, sort: 'createdAt', order: 'asc' })),
      search: msOf(() => own().list({ limit: 50, search: 'events' })),
      none: msOf(() => own().list({ limit: 50, search: 'qzx!' })),
      count: msOf(() => own().count({})),
    })
  }
  return times
}

/** Walks the whole list once, as a person would who reads everything, and keeps where it has come to. */
async function cursorsOf(page: (query: Query) => Promise<{ nextCursor: string | null }>, query: Partial<Query>) {
  const cursors: string[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const next = await page({ ...query, limit: walking, ...(cursor !== undefined && { cursor }) })
    cursor = next.nextCursor
    if (cursor !== null) cursors.push(cursor)
  }
  const last = cursors.length - 1
  return [...places, 1].flatMap((share) => {
    const cursor = cursors[Math.round(share * last)]
    return cursor === undefined ? [] : [[`at ${share * 100} %`, cursor] as const]
  })
}

function msOf(perform: () => Promise<unknown>): Measure {
  return async () => 1000 / (await repeat(perform, { atOnce: 1, seconds: Math.max(seconds / rounds / 10, 0.02) }))
}

async function watchSearch(): Promise<object> {
  const perform = () => lists.accounts.page({ search: 'company 0500', limit: 50 })
  await repeat(perform, { atOnce: 1, seconds: 1 })
  const recording = await record(profileTo)
  await repeat(perform, { atOnce: 1, seconds: 3 })
  await recording.finish()
  return {}
}
