import { withAdminConnection } from '@tenantry/connections/admin'
import { parseTarget, urlOf } from '@tenantry/connections/target'
import { createWorld } from '@tenantry/testing/world'
import { alone, compare } from '../figure.ts'
import { runProgram } from '../run-program.ts'
import type { SuiteInput, SuiteResult } from '../suite.ts'
import type { ImportInput, ImportMeasured } from './input.ts'

const rounds = 3
/** Left to itself V8 lets garbage lie as long as there is room, which says nothing about what an import needs. */
const heapMb = 96

/**
 * Accounts from a file into `crm.accounts` with all its indexes: checked by the contract, with history, what became of each
 * row, and row security on one side, by a bare COPY of the same rows on the other.
 */
export async function measureImport({ world, rows = 100_000, onProgress }: SuiteInput): Promise<SuiteResult> {
  const { user = '', password = '', host, port } = parseTarget(world.rawDatabaseUrl)
  const server = { host, port, user, password }
  await using own = await createWorld(server, { imports: { server } })
  const { slug, tenantIdInDataSource, admin } = own.tenants.imports
  const input = {
    rows,
    slug,
    tenantIdInDataSource,
    keys: own.keys,
    appDatabaseUrl: urlOf(own.appTarget),
    adminUrl: urlOf(admin),
  }
  const measure = async (way: ImportInput['way']) => {
    await withAdminConnection(admin, (run) =>
      run('truncate crm.accounts, crm.search_texts, crm.record_changes, crm.import_batches, crm.import_rows cascade'),
    )
    return runProgram<ImportMeasured>('./import/program.ts', { world, imported: { ...input, way } }, [
      `--max-old-space-size=${heapMb}`,
    ])
  }
  const measured = { import: [] as ImportMeasured[], bare: [] as ImportMeasured[] }
  for (let round = -1; round < rounds; round++) {
    onProgress(`Import of ${rows} rows, round ${round + 1} of ${rounds}`)
    for (const way of round % 2 === 0 ? (['import', 'bare'] as const) : (['bare', 'import'] as const)) {
      const result = await measure(way)
      if (round >= 0) measured[way].push(result)
    }
  }
  const rate = (seconds: (result: ImportMeasured) => number, results = measured.import) =>
    results.map((result) => rows / seconds(result))
  const bare = rate(({ seconds }) => seconds, measured.bare)
  const named = { suite: 'import', unit: 'rows/s', against: 'a bare COPY of the same rows' }
  return {
    figures: [
      compare(
        { ...named, name: `import ${rows} accounts`, goal: { kind: 'at least', value: 0.3 } },
        rate(({ seconds }) => seconds),
        bare,
      ),
      compare(
        { ...named, name: 'with the upload' },
        rate(({ seconds, uploadSeconds }) => seconds + uploadSeconds),
        bare,
      ),
      compare(
        { ...named, name: 'take them back' },
        rate(({ revertSeconds }) => revertSeconds),
        bare,
      ),
      alone(
        {
          suite: 'import',
          unit: 'MB',
          name: 'memory while they come in and go',
          against: 'the whole process',
          goal: { kind: 'at most', value: 300 },
        },
        measured.import.map(({ peakMb }) => peakMb),
      ),
    ],
    notes: [
      `The programs have a heap of at most ${heapMb} MB: one that kept what it has seen of the rows would end early.`,
    ],
  }
}
