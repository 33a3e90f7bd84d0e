import { expect, test } from 'vitest'
import { evenRanks, longestRank, rankBetween } from './board-rank.ts'

/** As Postgres compares ranks: byte by byte. */
const isBelow = (above: string, below: string) => Buffer.compare(Buffer.from(above), Buffer.from(below)) < 0

test('a rank lies between its neighbours, wherever cards are put', () => {
  const random = seeded(7)
  for (let board = 0; board < 20; board++) {
    const ranks: string[] = []
    for (let card = 0; card < 200; card++) {
      const place = Math.floor(random() * (ranks.length + 1))
      const [above, below] = [ranks[place - 1] ?? null, ranks[place] ?? null]
      const rank = rankBetween(above, below) ?? ''
      expect(rank).toMatch(/^[0-9A-Za-z]*[1-9A-Za-z]$/)
      expect(above === null || isBelow(above, rank)).toBe(true)
      expect(below === null || isBelow(rank, below)).toBe(true)
      ranks.splice(place, 0, rank)
    }
  }
})

test.each(['the end', 'the top'])('ten thousand cards put at %s one after another keep short ranks', (end) => {
  const ranks: string[] = []
  for (let card = 0; card < 10_000; card++) {
    const last = ranks.at(-1) ?? null
    ranks.push((end === 'the top' ? rankBetween(null, last) : rankBetween(last, null)) ?? '')
  }
  expect(new Set(ranks)).toHaveProperty('size', 10_000)
  expect(Math.max(...ranks.map((rank) => rank.length))).toBeLessThanOrEqual(4)
})

test('it takes about two hundred moves into one gap until ranks must be spread', () => {
  let [above, below] = ['V', 'W']
  let moves = 0
  for (let rank = above; rank.length <= longestRank; moves++) {
    rank = rankBetween(above, below) ?? ''
    if (moves % 2 === 0) above = rank
    else below = rank
  }
  expect(moves).toBeGreaterThan(150)
})

test('beyond the last step there is still room', () => {
  const last = 'zzzz'
  const beyond = rankBetween(last, null) ?? ''
  expect(isBelow(last, beyond)).toBe(true)
  const first = '0001'
  expect(isBelow(rankBetween(null, first) ?? '', first)).toBe(true)
})

test('equal ranks and ranks in the wrong order have nothing between them', () => {
  expect(rankBetween('V', 'V')).toBeUndefined()
  expect(rankBetween('W', 'V')).toBeUndefined()
})

test.each([0, 1, 2, 61, 62, 63, 5000])('%i even ranks are in order, different and short', (count) => {
  const ranks = evenRanks(count)
  expect(ranks).toHaveLength(count)
  expect(ranks.every((rank, index) => index === 0 || isBelow(ranks[index - 1] ?? '', rank))).toBe(true)
  expect(ranks.every((rank) => rank.length <= 4)).toBe(true)
})

/** Numbers that look random and are the same in each run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
}
