import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { basename } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { procedurePaths } from './caller.ts'
import { expectedAtCommandLine, type ProcedurePath } from './policy.ts'
import { figuresOf } from './report.ts'
import { runMatrix } from './run.ts'
import { shareOf } from './shares.ts'
import { openStage, type OpenStage } from './stage.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** The test files that share the procedures among them: one file more is one share more. */
export const shareFiles = readdirSync(folder)
  .filter((file) => /^share-\d+\.test\.ts$/.test(file))
  .toSorted()

/** The procedures that a share's test file asks. */
export function proceduresOf(shareFile: string): ProcedurePath[] {
  return shareOf(procedurePaths, { share: shareFiles.indexOf(shareFile), of: shareFiles.length })
}

/** The tests of the share whose file this is, on a stage of its own. */
export function testShare(file: string): void {
  const paths = proceduresOf(basename(fileURLToPath(file)))
  let stage: OpenStage

  beforeAll(async () => {
    stage = await openStage(mainServer(), elsewhereServer())
  })

  afterAll(async () => {
    await stage[Symbol.asyncDispose]()
  })

  test('the command line calls each procedure in a company but for what is somebody’s own, and for no row of another', async () => {
    const different: string[] = []
    for (const path of paths)
      for (const row of ['own', 'sameDatabase'] as const) {
        const expected = expectedAtCommandLine(path, row)
        if (expected === undefined) continue
        const found = await stage.callFromCommandLine(path, row)
        if (found !== expected) different.push(`${path}, ${row} row: expected ${expected}, got ${found}`)
      }
    expect(different).toEqual([])
  })

  test(
    'everybody gets what the policy says, for every row, and learns nothing of what is not theirs',
    { timeout: 900_000 },
    async () => {
      const figures = figuresOf(await runMatrix(stage, { paths }))
      expect(figures.failures).toEqual([])
      expect(figures.procedures).toBe(paths.length)
      expect(figures.asExpected).toBe(figures.cells)
      expect(figures.cells).toBeGreaterThan(1_000)
      expect(figures.likeMissing).toBe(figures.comparedWithMissing)
      expect(figures.answersWithForeignWords).toBe(0)
      // That the words are looked for where they would be.
      expect(figures.answersWithOwnWords).toBeGreaterThan(100)
    },
  )
}
