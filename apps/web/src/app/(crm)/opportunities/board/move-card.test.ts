import { expect, it } from 'vitest'
import { withCardMoved } from './move-card.ts'

const board = {
  columns: [
    { stageId: 'new', count: 2, cards: [{ id: 'a' }, { id: 'b' }] },
    { stageId: 'won', count: 1, cards: [{ id: 'c' }] },
  ],
}

it('moves a card to another stage and counts it there', () => {
  expect(withCardMoved(board, 'a', 'won', 1).columns).toEqual([
    { stageId: 'new', count: 1, cards: [{ id: 'b' }] },
    { stageId: 'won', count: 2, cards: [{ id: 'c' }, { id: 'a' }] },
  ])
})

it('moves a card within its stage without counting it twice', () => {
  expect(withCardMoved(board, 'a', 'new', 1).columns[0]).toEqual({
    stageId: 'new',
    count: 2,
    cards: [{ id: 'b' }, { id: 'a' }],
  })
})

it('leaves a board alone that does not hold the card', () => {
  expect(withCardMoved(board, 'x', 'won', 0)).toBe(board)
})
