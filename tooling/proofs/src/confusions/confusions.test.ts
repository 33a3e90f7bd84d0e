import { afterAll, beforeAll, expect, test } from 'vitest'
import { confusions } from './confusions.ts'
import { runConfusion, runControl } from './run.ts'
import { Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage[Symbol.asyncDispose]())

test.each(['bloom', 'acme'] as const)(
  'the log of the servers shows the statements of %s when nothing is confused',
  async (company) => {
    const control = await runControl(stage, company)
    expect(control).toMatchObject({ read: 'answered', write: 'answered' })
    expect(control.businessStatements).toBeGreaterThan(1)
  },
)

test.each(confusions)('$name: no business statement, a typed error, an audit entry', async (confusion) => {
  const outcomes = await runConfusion(stage, confusion)
  expect(outcomes.filter(({ held }) => !held)).toEqual([])
  expect(outcomes).toHaveLength(confusion.companies.length)
})

test('a restored dump would have been answered by Postgres itself: there, the proof is all that stands in the way', async () => {
  const dump = confusions.find(({ name }) => name.startsWith('a dump restored'))
  if (dump === undefined) throw new Error('a dump is among the confusions')
  const [outcome] = await runConfusion(stage, dump)
  expect(outcome).toMatchObject({ held: true, withoutProof: 'answered' })
  expect(outcome?.statementsWithoutProof).toBeGreaterThan(0)
})
