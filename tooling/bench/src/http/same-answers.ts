import { isDeepStrictEqual } from 'node:util'
import type { BenchWorld } from '../world.ts'
import type { Stack } from './stacks.ts'

/** Only stacks that say the same may be compared. Throws when one says something else. */
export async function assertSameAnswers(stacks: readonly Stack[], world: BenchWorld): Promise<void> {
  const [id = ''] = world.accountIds
  for (const pathOf of [(stack: Stack) => stack.getPath(id), (stack: Stack) => stack.listPath]) {
    const answers = await Promise.all(stacks.map(async (stack) => ask(stack, pathOf(stack))))
    const [first, ...others] = answers
    for (const [index, other] of others.entries()) {
      if (isDeepStrictEqual(first, other)) continue
      throw new Error(`${stacks[0]?.name} and ${stacks[index + 1]?.name} answer differently`)
    }
  }
}

async function ask(stack: Stack, path: string): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${stack.port}${path}`, { headers: { cookie: stack.cookie } })
  const body = await answer.text()
  if (answer.status !== 200) throw new Error(`${stack.name} answered ${answer.status}: ${body.slice(0, 300)}`)
  return stack.dataIn(body)
}
