import { openProduct } from '../product/runtime.ts'
import { readProgramInput } from '../program-input.ts'
import { repeat } from '../caller/repeat.ts'
import { interleave, rounds } from '../rounds.ts'
import { sendResult } from '../run-program.ts'

export interface BoardTimes {
  /** That one answer held. */
  cards: number
  /** Of that answer as it goes over the wire. */
  bytes: number
  /** Milliseconds of a call in each round: a board, and as many opportunities as pages of 200. */
  ms: Record<'board' | 'pages', number[]>
}

const { world, seconds = 5 } = readProgramInput()
const runtime = openProduct(world)
const slice = { atOnce: 1, seconds: seconds / rounds }
const caller = () => runtime.callerFor({ cookieHeader: world.cookie })

await sendResult(async (): Promise<BoardTimes> => {
  const board = await caller().opportunities.board({ limitPerStage: 2000 })
  const cards = board.columns.reduce((sum, column) => sum + column.cards.length, 0)
  const ms = await interleave({
    board: async () => 1000 / (await repeat(() => caller().opportunities.board({ limitPerStage: 2000 }), slice)),
    pages: async () => 1000 / (await repeat(() => readPages(cards), slice)),
  })
  return { cards, bytes: JSON.stringify(board).length, ms }
})

async function readPages(cards: number): Promise<void> {
  const reader = caller()
  let cursor: string | null | undefined
  for (let read = 0; read < cards && cursor !== null;) {
    const page = await reader.opportunities.list({ sort: 'name', limit: 200, ...(cursor !== undefined && { cursor }) })
    read += page.rows.length
    cursor = page.nextCursor
  }
}
