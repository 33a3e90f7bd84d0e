import { expect, it } from 'vitest'
import { sentenceOf } from './change-sentence.ts'

const diffOf = (...fields: string[]) => Object.fromEntries(fields.map((field) => [field, { from: null, to: 'x' }]))

it('names the fields that were changed, and counts them when they are many', () => {
  expect(sentenceOf({ action: 'changed', diff: diffOf('phone', 'billingCity') }, 'account')).toBe(
    'changed phone and city',
  )
  expect(sentenceOf({ action: 'changed', diff: diffOf('phone', 'email', 'source', 'website') }, 'account')).toBe(
    'changed phone, e-mail, and 2 more fields',
  )
})

it('tells a move between stages from one within a stage', () => {
  expect(sentenceOf({ action: 'moved', diff: diffOf('stageId', 'boardRank') }, 'opportunity')).toBe(
    'moved it to another stage',
  )
  expect(sentenceOf({ action: 'moved', diff: diffOf('boardRank') }, 'opportunity')).toBe('moved it on the board')
})

it('says what was taken back', () => {
  const restored = { deletedAt: { from: '2026-05-01T00:00:00Z', to: null } }
  expect(sentenceOf({ action: 'undone', diff: restored }, 'contact')).toBe('restored this contact')
  expect(sentenceOf({ action: 'undone', diff: diffOf('name') }, 'contact')).toBe('took back a change of name')
})
