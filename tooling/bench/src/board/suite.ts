import { alone, compare } from '../figure.ts'
import { openLargeWorld } from '../large/world.ts'
import { runProgram } from '../run-program.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import type { BoardTimes } from './program.ts'

/** A board whose cards all come in one request. */
export async function measureBoard({ world, seconds, cards, onProgress }: SuiteInput): Promise<SuiteResult> {
  onProgress(`Making a company with ${cards} opportunities`)
  await using large = await openLargeWorld(world, cards)
  onProgress('A board of all of them')
  const { ms, ...board } = await runProgram<BoardTimes>('./board/program.ts', { world: large.world, seconds })
  const named = { suite: 'board', name: `board of ${cards} cards` }
  return {
    figures: [
      alone(
        {
          ...named,
          name: `${named.name}: cards in one answer`,
          against: '',
          unit: 'cards',
          goal: { kind: 'at least', value: cards },
        },
        [board.cards],
      ),
      alone({ ...named, name: `${named.name}: size of the answer`, against: '', unit: 'kB' }, [board.bytes / 1000]),
      compare({ ...named, against: 'as many opportunities in pages of 200', unit: 'ms' }, ms.board, ms.pages),
    ],
    notes: [],
  }
}
