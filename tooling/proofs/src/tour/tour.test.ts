import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../project-copy.ts'
import { commands } from './commands.ts'
import { runTour } from './tour.ts'

test('the README prints the commands of the tour, in their order', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const [, block = ''] = /^## The tour\n[\s\S]*?^```\n([\s\S]*?)^```$/m.exec(readme) ?? []
  const lines = block.split('\n').filter((line) => line !== '')
  expect(lines.map((line) => line.split(' #')[0]?.trim())).toEqual(Object.values(commands))
})

test('from old tables to a migrated fleet, everything is as promised', { timeout: 400_000 }, async () => {
  const steps = await runTour({ fleet: 2 }, { onStep: () => undefined, onProgress: () => undefined })
  expect(steps.map(({ title }) => title)).toHaveLength(13)
  expect(steps.at(-1)?.seen).toEqual([expect.stringMatching(/^success: true, canQuery: true, identity proven/)])
})
