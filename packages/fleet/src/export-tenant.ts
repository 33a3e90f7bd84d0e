import type { Target } from '@tenantry/connections/target'
import { exportRows } from '@tenantry/tenant-db/export-rows'
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { giveName, manifestName } from './export-folder.ts'

export interface ExportedTable {
  table: string
  rows: number
  /** Of the file, in hexadecimal. */
  sha256: string
}

export interface ExportReport {
  /** `<table>.jsonl` for each table that has rows, and `manifest.json`, written last. */
  folder: string
  tables: ExportedTable[]
  rows: number
}

/**
 * Writes every row of a tenant into a folder that only its owner may read: a line of JSON for each row, as Postgres prints
 * it. The folder gets its name when it is whole. Throws CONFLICT for a name under which there is something else than what
 * the same run wrote before.
 */
export async function exportTenant(
  admin: Target,
  given: {
    tenantIdInDataSource: string
    slug: string
    folder: string
    /** The run this belongs to; the manifest names it. */
    runId: string
    onProgress?: (table: string) => void
  },
): Promise<ExportReport> {
  const { tenantIdInDataSource, slug, folder, runId, onProgress } = given
  const unfinished = `${folder}.${runId}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  const tables: ExportedTable[] = []
  await exportRows(admin, tenantIdInDataSource, {
    async table(name, batches) {
      const { rows, sha256 } = await writeLines(join(unfinished, `${name}.jsonl`), batches)
      onProgress?.(name)
      if (rows > 0) tables.push({ table: name, rows, sha256 })
      else await rm(join(unfinished, `${name}.jsonl`))
    },
  })
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const manifest = {
    slug,
    run: runId,
    tenantIdInDataSource,
    database: admin.database,
    exportedAt: new Date().toISOString(),
    tables,
  }
  await writeFile(join(unfinished, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
  await giveName(unfinished, folder, runId)
  return { folder, tables, rows }
}

async function writeLines(file: string, batches: AsyncIterable<string[]>) {
  const hash = createHash('sha256')
  let rows = 0
  async function* lines() {
    for await (const batch of batches) {
      const text = batch.map((line) => `${line}\n`).join('')
      rows += batch.length
      hash.update(text)
      yield text
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file, { mode: 0o600 }))
  return { rows, sha256: hash.digest('hex') }
}
