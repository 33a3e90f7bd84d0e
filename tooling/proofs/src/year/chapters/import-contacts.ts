import type { ContactSummary } from '@tenantry/contracts/contacts'
import type { ImportBatch, ImportRow, ImportStatus } from '@tenantry/contracts/imports'
import type { Page } from '@tenantry/contracts/pages'
import { setTimeout as sleep } from 'node:timers/promises'
import { rowsOfCsv } from '../audit/csv.ts'
import { count, type Year } from '../year.ts'

/** What an import did, as the application and as its file say it, and how many contacts the exported list held meanwhile. */
export interface Imported {
  id: string
  told: Pick<ImportBatch, 'total' | 'created' | 'updated' | 'failed' | 'skipped'>
  should: { created: number; updated: number; failed: number }
  exported: number
}

const waitMs = 900_000

/**
 * A file of contacts: most of them new, some there already, some that nobody can read, one of which is put right. It is
 * checked, imported, exported and taken back.
 */
export async function importContacts(year: Year): Promise<Imported> {
  const { owner, sizes } = year
  const { rows: known } = await owner.query<Page<ContactSummary>>('contacts.list', { limit: 10 })
  const emails = known.flatMap(({ email }) => email ?? [])
  const rows = Array.from({ length: sizes.contacts }, (_, index) => cellsOf(index, emails))
  const text = [['First', 'Last', 'E-mail', 'Job'], ...rows].map((cells) => cells.map(quoted).join()).join('\r\n')
  const said = new URLSearchParams({ entity: 'contact', fileName: 'contacts.csv' })
  const { id } = await owner.upload<ImportBatch>(`/api/files/imports?${said}`, Buffer.from(text))
  const mapping = ['firstName', 'lastName', 'email', 'jobTitle'].map((field, column) => ({ column, field }))
  await owner.mutate('imports.setMapping', { id, mapping, dedupe: { rule: 'update', by: 'email' } })
  await owner.mutate('imports.validate', { id })
  const checked = await until(year, id, 'checked')
  const wrong = rows.flatMap((_, index) => (isWrong(index) ? [index + 1] : []))
  if (checked.invalid !== wrong.length)
    throw new Error(`${checked.invalid} rows are told to be wrong, and ${wrong.length} are`)
  const { rows: told } = await owner.query<Page<ImportRow>>('imports.rows', { id, show: 'errors', limit: 1 })
  const [row] = told.map((one) => one.row)
  if (row !== wrong[0]) throw new Error(`row ${row} is told to be wrong first, and row ${wrong[0]} is`)
  if (row !== undefined)
    await owner.mutate('imports.fixRow', { id, row, cells: ['Put', 'Right', 'right@example.com', ''] })
  await owner.mutate('imports.start', { id })
  const { total, created, updated, failed, skipped } = await until(year, id, 'done')
  count(year, 'contacts imported', created)
  const list = await owner.download('/api/files/exports/contact.csv?columns=id,displayName,email')
  await owner.mutate('imports.revert', { id })
  const { reverted } = await until(year, id, 'reverted')
  count(year, 'imported rows taken back', reverted)
  const stillWrong = Math.max(0, wrong.length - 1)
  return {
    id,
    told: { total, created, updated, failed, skipped },
    should: { created: rows.length - emails.length - stillWrong, updated: emails.length, failed: stillWrong },
    exported: rowsOfCsv(list.toString()).length - 1,
  }
}

/** With what is hard to read between quotes. The first are of people who are there already. */
function cellsOf(index: number, known: readonly string[]): string[] {
  const email = known[index] ?? (isWrong(index) ? 'not an address' : `import-${index}@example.org`)
  return [`Import "${index}"`, `Müller, ${index}`, email, `Chief of ${index}\n`]
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}

/** None of the first, who are there already. */
function isWrong(index: number): boolean {
  return index % 40 === 39
}

async function until({ owner }: Year, id: string, status: ImportStatus): Promise<ImportBatch> {
  const deadline = performance.now() + waitMs
  for (;;) {
    const batch = await owner.query<ImportBatch>('imports.byId', { id })
    if (batch.status === status) return batch
    if (batch.status === 'failed' || performance.now() > deadline)
      throw new Error(`an import is ${batch.status} instead of ${status}: ${batch.reason}`)
    await sleep(200)
  }
}
