import type { OpportunityBoard } from '@tenantry/contracts/opportunities'

/** Only what the arithmetic needs, so that it works for the board as it arrives on the wire. */
interface BoardLike {
  columns: { stageId: string; count: number; cards: { id: string }[] }[]
}

/** The board as it will look after a move; column totals stay until the server has counted again. */
export function withCardMoved<Board extends BoardLike>(
  board: Board,
  cardId: string,
  stageId: string,
  index: number,
): Board {
  const card = board.columns.flatMap((column) => column.cards).find((one) => one.id === cardId)
  if (card === undefined) return board
  const columns = board.columns.map((column) => {
    const rest = column.cards.filter((one) => one.id !== cardId)
    const had = rest.length < column.cards.length
    const gets = column.stageId === stageId
    const cards = gets ? [...rest.slice(0, index), card, ...rest.slice(index)] : rest
    return { ...column, cards, count: column.count - Number(had) + Number(gets) }
  })
  return { ...board, columns }
}

/** The card that will stand above; null means the top of the stage. */
export function cardAbove(
  column: { cards: { id: OpportunityBoard['columns'][number]['cards'][number]['id'] }[] },
  cardId: string,
  index: number,
) {
  const rest = column.cards.filter((card) => card.id !== cardId)
  return index === 0 ? null : rest[index - 1]?.id
}
