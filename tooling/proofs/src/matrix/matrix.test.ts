import { expect, test } from 'vitest'
import { procedurePaths, type Answer } from './caller.ts'
import { policy, type ProcedurePath, type Rule } from './policy.ts'
import { runMatrix, withoutEntry, type Stage } from './run.ts'
import { missingTarget } from './missing-target.ts'
import { proceduresOf, shareFiles } from './share.fixture.ts'
import { shareOf } from './shares.ts'

test('the files of the shares ask every procedure, and each of them once', () => {
  expect(shareFiles.length).toBeGreaterThan(1)
  expect(shareFiles.flatMap(proceduresOf).toSorted()).toEqual(procedurePaths.toSorted())
})

test('a list is spread evenly over its shares, and none of it falls between them', () => {
  const entries = Array.from({ length: 11 }, (_, index) => index)
  for (const of of [1, 2, 3, 11, 12]) {
    const shares = Array.from({ length: of }, (_, share) => shareOf(entries, { share, of }))
    expect(shares.flat().toSorted((a, b) => a - b)).toEqual(entries)
    const lengths = shares.map((share) => share.length)
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1)
  }
})

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
