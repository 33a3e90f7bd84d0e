import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Test files that take more than half a minute while others run beside them, longest first. A fresh clone remembers no
 * durations, and a long file that begins last is waited for alone.
 */
export const longest = [
  'tooling/proofs/src/matrix/share-1.test.ts',
  'tooling/proofs/src/matrix/share-2.test.ts',
  'tooling/proofs/src/tour/tour.test.ts',
  'tooling/proofs/src/gallery/gallery.test.ts',
  'tooling/proofs/src/mail-kills/mail-kills.test.ts',
  'tooling/proofs/src/import-kills/import-kills.test.ts',
  'tooling/proofs/src/year/year.test.ts',
  'tooling/proofs/src/crash-matrix/crash-matrix.test.ts',
  'tooling/proofs/src/moves/moves.test.ts',
  'tooling/proofs/src/webhook-kills/webhook-kills.test.ts',
  'tooling/proofs/src/behind/behind.test.ts',
  'tooling/proofs/src/confusions/confusions.test.ts',
  'packages/fleet/src/delete-tenant.test.ts',
  'packages/local-postgres/src/left-behind.test.ts',
  'packages/local-postgres/src/local-postgres.test.ts',
  'apps/cli/src/fleet/fleet.test.ts',
  'apps/cli/src/keys-commands.test.ts',
  'packages/tenant-transfer/src/run.test.ts',
]

/** Begins with the longest files, whatever vitest remembers of earlier runs. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return beginWithLongest(sorted, ({ project, moduleId }) => ({
      project: project.name,
      path: relative(this.ctx.config.root, moduleId),
    }))
  }
}

/** Files of a project stay together, for they share its modules in a worker. Else the order is left as it is. */
export function beginWithLongest<File>(
  files: readonly File[],
  placeOf: (file: File) => { project: string; path: string },
): File[] {
  const placed = files.map((file) => ({ file, ...placeOf(file) }))
  const rankOf = (path: string) => (longest.includes(path) ? longest.indexOf(path) : longest.length)
  const rankOfProject = new Map<string, number>()
  for (const { project, path } of placed)
    rankOfProject.set(project, Math.min(rankOf(path), rankOfProject.get(project) ?? longest.length))
  return placed
    .toSorted(
      (a, b) =>
        (rankOfProject.get(a.project) ?? 0) - (rankOfProject.get(b.project) ?? 0) || rankOf(a.path) - rankOf(b.path),
    )
    .map(({ file }) => file)
}
