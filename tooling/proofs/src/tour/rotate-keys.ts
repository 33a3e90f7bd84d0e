import { ok, strictEqual } from 'node:assert/strict'
import { commands } from './commands.ts'
import { keys } from './ground.ts'
import { answerOf, type Walk } from './walk.ts'
import { createAccount } from './work-on.ts'

interface KeyCounts {
  keys: { keyId: string | null; total: number }[]
}

/** A new key seals everything, and the old one is thrown away. */
export async function rotateKeys(walk: Walk): Promise<void> {
  const { narrator, ground } = walk
  await narrator.step('Rotate the keys', commands.rotate, async (see) => {
    ground.writeKeys(keys.next, keys.old)
    await restart(walk)
    await answerOf(walk, commands.rotate)
    see('everything is sealed under the new key')
  })
  await narrator.step('Throw the old key away', commands.keyStatus, async (see) => {
    const { keys: counts } = await answerOf<KeyCounts>(walk, commands.keyStatus)
    const total = (id: string) => counts.find(({ keyId }) => keyId === id)?.total
    strictEqual(total('k1'), 0)
    ok((total('k2') ?? 0) > 0)
    ground.writeKeys(keys.next)
    await restart(walk)
    await createAccount(walk, 'Second Key Studios')
    see(`${total('k2')} values under the new key, none under the old one; the company works on without it`)
  })
}

async function restart({ web }: Walk): Promise<void> {
  await web.stop()
  await web.start()
}
