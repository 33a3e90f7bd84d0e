import { withAdminConnection } from '@tenantry/connections/admin'
import { compare, isMissed, type Figure } from '../figure.ts'
import { giveAccounts } from '../large/fill.ts'
import { openLargeWorld } from '../large/world.ts'
import { profileOf } from '../profile/profile-of.ts'
import { runProgram } from '../run-program.ts'
import { spreadOf } from '../spread.ts'
import { adminTargetOf } from '../targets.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import type { ListTimes } from './program.ts'
import { searches, unbound, type Search } from './searches.ts'

/** Lists of a company with very many rows: each offered order at its beginning, in its midst and at its end. */
export async function measureLists({
  world,
  seconds,
  rows = 200_000,
  profile,
  onProgress,
}: SuiteInput): Promise<SuiteResult> {
  onProgress(`Making a company with ${rows} accounts and opportunities`)
  await using large = await openLargeWorld(world, rows)
  const own = { member: 10, read_only: Math.min(5000, rows / 10) }
  await withAdminConnection(adminTargetOf(large.world), async (run) => {
    for (const [name, count] of Object.entries(own)) {
      const { tenantIdInDataSource, others } = large.world
      const to = others[name as keyof typeof own].userId
      await giveAccounts(run, { tenantIdInDataSource, to, rows: count })
    }
  })
  onProgress('Lists, searches and counts')
  const times = await runProgram<ListTimes>('./lists/program.ts', { world: large.world, seconds })
  const figures = [...pagesOf(times), ...searchesOf(times), ...countsOf(times), ...limitedOf(times, own)]
  const notes = [`One company with ${large.facts} Each figure is of single calls, one after another.`]
  if (!profile && !figures.some(isMissed)) return { figures, notes }
  const table = await profileOf(async (profileTo) => {
    await runProgram('./lists/program.ts', { world: large.world, profileTo })
  })
  return { figures, notes: [...notes, `Where our own time goes in a search that finds one row:\n${table}`] }
}

/** For each list the slowest page beside the first page of the same order. */
function pagesOf({ pages }: ListTimes): Figure[] {
  return ['accounts', 'opportunities'].map((list) => {
    const contests = Object.entries(pages)
      .filter(([name]) => name.startsWith(`${list} `))
      .flatMap(([name, { first = [], ...further }]) =>
        Object.entries(further).map(([place, values]) => ({ name: `${name}, ${place}`, values, first })),
      )
    const worst = contests.toSorted((a, b) => ratioOf(b) - ratioOf(a))[0]
    return compare(
      {
        suite: 'lists',
        name: `slowest page of any order (${worst?.name})`,
        against: 'first page of that order',
        unit: 'ms',
        goal: { kind: 'at most', value: 10 },
      },
      worst?.values ?? [],
      worst?.first ?? [],
    )
  })
}

function ratioOf({ values, first }: { values: number[]; first: number[] }): number {
  return spreadOf(values.map((value, round) => value / (first[round] ?? Number.NaN))).median
}

function searchesOf({ search }: ListTimes): Figure[] {
  return (Object.keys(searches) as Search[]).map((text) =>
    compare(
      {
        suite: 'lists',
        name: `search that finds ${searches[text]}`,
        against: 'accounts.get',
        unit: 'ms',
        ...(!unbound.has(text) && { goal: { kind: 'at most', value: 5 } as const }),
      },
      search[text] ?? [],
      search['get'] ?? [],
    ),
  )
}

function countsOf({ count }: ListTimes): Figure[] {
  return Object.entries(count).map(([list, { count: counted = [], first = [] }]) =>
    compare(
      {
        suite: 'lists',
        name: `capped count of ${list}`,
        against: 'a first page',
        unit: 'ms',
        goal: { kind: 'at most', value: 2 },
      },
      counted,
      first,
    ),
  )
}

/** What members wait for who see their own of all accounts, beside what an owner waits for. */
function limitedOf({ limited }: ListTimes, own: Record<string, number>): Figure[] {
  const what = {
    page: 'first page',
    oldest: 'first page by age',
    search: 'search that finds all',
    none: 'search that finds none',
    count: 'count',
  }
  return Object.entries(limited).flatMap(([name, { first = [], ...times }]) =>
    Object.entries(what).map(([key, title]) =>
      compare(
        {
          suite: 'lists',
          name: `${title} of a member who sees ${own[name]} own accounts`,
          against: 'an owner’s first page',
          unit: 'ms',
          // A search and a count ask each row of theirs.
          ...((key === 'page' || key === 'oldest') && { goal: { kind: 'at most', value: 10 } as const }),
        },
        times[key] ?? [],
        first,
      ),
    ),
  )
}
