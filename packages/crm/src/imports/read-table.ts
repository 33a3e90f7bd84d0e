import { withoutApostrophe } from '@tenantry/contracts/formula-cells'
import { maxImportColumns } from '@tenantry/contracts/imports'
import { CsvError, parse } from 'csv-parse'
import { Readable } from 'node:stream'
import { fileInvalid } from './file-invalid.ts'
import type { SpooledFile } from './spooled-file.ts'

/** A row of the file with something in it, counted from 1 behind the header. */
export interface TableRow {
  row: number
  cells: string[]
}

export interface Table {
  header: string[]
  delimiter: string
  rows: AsyncIterable<TableRow>
}

const maxRecordBytes = 1_000_000
const delimiters = [',', ';', '\t', '|'] as const

/**
 * Reads a file of comma, semicolon, tab or bar separated rows, one at a time. Rows shorter or longer than the header are
 * given as they are, each cell without the apostrophe by which exports keep spreadsheets from running it. Throws IMPORT_FILE_INVALID, also while the rows are read.
 */
export async function readTable(file: Pick<SpooledFile, 'text'>): Promise<Table> {
  const delimiter = await delimiterOf(file)
  const records = recordsOf(file, delimiter)
  const first = await records.next()
  if (first.done === true) throw fileInvalid('empty')
  const header = first.value.map((heading) => heading.trim().slice(0, 200))
  if (header.every((heading) => heading === '')) throw fileInvalid('no_header')
  if (header.length > maxImportColumns) throw fileInvalid('too_wide', 1)
  return { header, delimiter, rows: numbered(records) }
}

async function* numbered(records: AsyncIterable<string[]>): AsyncGenerator<TableRow> {
  let row = 0
  for await (const cells of records) {
    row++
    // No column can hold it, and a text does not have it.
    if (cells.some((cell) => cell.includes('\0'))) throw fileInvalid('not_text', row + 1)
    // One more than there can be is enough to tell that there are too many.
    if (cells.some((cell) => cell.trim() !== ''))
      yield { row, cells: cells.slice(0, maxImportColumns + 1).map(withoutApostrophe) }
  }
}

async function* recordsOf(file: Pick<SpooledFile, 'text'>, delimiter: string): AsyncGenerator<string[]> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: maxRecordBytes,
  })
  try {
    for await (const record of Readable.from(file.text()).compose<Readable>(parser)) yield record as string[]
  } catch (error) {
    throw error instanceof CsvError ? explained(error) : error
  }
}

/** What the library says quotes the file. */
function explained({ code, lines }: CsvError & { lines?: unknown }): Error {
  const line = typeof lines === 'number' ? lines : undefined
  if (code === 'CSV_QUOTE_NOT_CLOSED') return fileInvalid('quote_not_closed', line)
  return fileInvalid(code === 'CSV_MAX_RECORD_SIZE' ? 'row_too_long' : 'not_readable', line)
}

/** What separates the headings most often; a comma where nothing does. */
async function delimiterOf(file: Pick<SpooledFile, 'text'>): Promise<string> {
  const line = await firstLineOf(file)
  const unquoted = line.replaceAll(/"[^"]*"/g, '')
  const counted = delimiters.map((delimiter) => ({ delimiter, count: unquoted.split(delimiter).length }))
  return counted.reduce((most, other) => (other.count > most.count ? other : most)).delimiter
}

async function firstLineOf(file: Pick<SpooledFile, 'text'>): Promise<string> {
  let text = ''
  for await (const piece of file.text()) {
    text += piece
    // A line break inside of quotes is part of a heading.
    const end = text.replaceAll(/"[^"]*"/g, (quoted) => '_'.repeat(quoted.length)).search(/[\r\n]/)
    if (end >= 0) return text.slice(0, end)
    if (text.length > maxRecordBytes) return text
  }
  return text
}
