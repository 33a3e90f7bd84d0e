import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { procedurePaths, type Answer } from './caller.ts'
import { expectedAtCommandLine, policy, type ProcedurePath, type Rule } from './policy.ts'
import { figuresOf } from './report.ts'
import { runMatrix, withoutEntry, type Stage } from './run.ts'
import { missingTarget } from './missing-target.ts'
import { openStage, type OpenStage } from './stage.ts'

let stage: OpenStage

beforeAll(async () => {
  stage = await openStage(mainServer(), elsewhereServer())
})

afterAll(async () => {
  await stage[Symbol.asyncDispose]()
})

test('the command line calls each procedure in a company but for what is somebody’s own, and for no row of another', async () => {
  const different: string[] = []
  for (const path of procedurePaths)
    for (const row of ['own', 'sameDatabase'] as const) {
      const expected = expectedAtCommandLine(path, row)
      if (expected === undefined) continue
      const found = await stage.callFromCommandLine(path, row)
      if (found !== expected) different.push(`${path}, ${row} row: expected ${expected}, got ${found}`)
    }
  expect(different).toEqual([])
})

test(
  'everybody gets what the policy says, for every row, and learns nothing of what is not theirs',
  { timeout: 900_000 },
  async () => {
    const figures = figuresOf(await runMatrix(stage))
    expect(figures.failures).toEqual([])
    expect(figures.asExpected).toBe(figures.cells)
    expect(figures.cells).toBeGreaterThan(1_000)
    expect(figures.likeMissing).toBe(figures.comparedWithMissing)
    expect(figures.answersWithForeignWords).toBe(0)
    // That the words are looked for where they would be.
    expect(figures.answersWithOwnWords).toBeGreaterThan(100)
  },
)

test('a procedure that nobody has decided about is named, and does not compile', () => {
  expect(withoutEntry(['accounts.list', 'accounts.explode'])).toEqual(['accounts.explode'])
  const { 'people.list': _, ...incomplete } = policy
  // @ts-expect-error -- a policy without an entry for a procedure of the router is no policy
  const rejected: Record<ProcedurePath, Rule> = incomplete
  expect(rejected).not.toHaveProperty(['people.list'])
})

test('a system that allows everything, tells rows apart, shows foreign words and changes foreign rows fails in each of these', async () => {
  const { failures } = await runMatrix(permissive)
  for (const failure of [
    'accounts.byId as anonymous, own row: expected NOT_SIGNED_IN, got ok',
    'accounts.patch as suspended, own row: expected TENANT_SUSPENDED, got ok',
    'contacts.byId as other, own row: answered differently from a missing row',
    'people.list as owner, own row: the answer holds foreign and 0 more words that are not theirs',
    'birch: accounts: changed, though nobody may',
  ])
    expect(failures).toContain(failure)
})

/** Answers everything, and each row in its own words. */
const permissive: Stage = {
  as: async () => ({
    ask: async (_, { id }): Promise<Answer> => ({
      decision: 'ok',
      status: 200,
      comparable: `foreign ${id}`,
      data: null,
    }),
  }),
  target: async (_, row) => ({ ...missingTarget(), id: row, slug: row, token: row }),
  wordsFor: () => ({ own: undefined, foreign: ['foreign'] }),
  changedRows: async () => ['birch: accounts'],
}
