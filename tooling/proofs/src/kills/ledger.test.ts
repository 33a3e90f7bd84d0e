import { expect, test } from 'vitest'
import { Ledger, type Answer, type Half } from './ledger.ts'

const clean = { lost: 0, halved: 0, resurrected: 0, foreign: 0, unknownStored: 0, unknownAbsent: 0 }

function judged(answer: Answer, stored: number, tenant = 'mine') {
  const ledger = new Ledger('mine')
  const attempt = ledger.begin()
  ledger.end(attempt, answer)
  const rows: Half[] = [1, 2].slice(0, stored).map((half) => ({ attempt, half, tenant }))
  return ledger.judge(rows)
}

test.each<[string, Answer, number, Partial<typeof clean>]>([
  ['saved and there is clean', 'saved', 2, {}],
  ['refused and absent is clean', 'refused', 0, {}],
  ['saved and absent is lost', 'saved', 0, { lost: 1 }],
  ['saved and half there is halved', 'saved', 1, { halved: 1 }],
  ['refused and half there is halved', 'refused', 1, { halved: 1 }],
  ['unknown and half there is halved', 'unknown', 1, { halved: 1 }],
  ['refused and there is resurrected', 'refused', 2, { resurrected: 1 }],
  ['unknown may be there', 'unknown', 2, { unknownStored: 1 }],
  ['unknown may be absent', 'unknown', 0, { unknownAbsent: 1 }],
])('%s', (_name, answer, stored, expected) => {
  expect(judged(answer, stored)).toEqual({ ...clean, ...expected })
})

test('a row that went to another tenant, or came from one, is foreign', () => {
  expect(judged('saved', 2, 'theirs').foreign).toBe(2)
  expect(new Ledger('mine').judge([{ attempt: 0, half: 1, tenant: 'mine' }]).foreign).toBe(1)
})

test('rows of another tenant that are its own are nobody else’s business', () => {
  expect(new Ledger('mine').judge([{ attempt: 0, half: 1, tenant: 'theirs' }])).toEqual(clean)
})
