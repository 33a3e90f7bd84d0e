import { valueParsers, type ParseValue } from './value-parsers.ts'

/** What a statement's rows consist of. */
export interface Columns {
  names: readonly string[]
  /** Of the columns that are not left as text. */
  parsers: readonly { index: number; parse: ParseValue }[]
}

/** The body of a RowDescription that is whole. */
export function readColumns(body: Buffer): Columns {
  const names: string[] = []
  const parsers: { index: number; parse: ParseValue }[] = []
  const count = body.readUInt16BE(0)
  for (let index = 0, at = 2; index < count; index++) {
    const end = body.indexOf(0, at)
    names.push(body.toString('utf8', at, end))
    const parse = valueParsers[body.readUInt32BE(end + 7)]
    if (parse) parsers.push({ index, parse })
    at = end + 19
  }
  return { names, parsers }
}

/**
 * The values of a DataRow, whose body is `bytes` from `start` to `end`. One look at the row instead of one at each value,
 * which takes a quarter of the time: the row becomes one string, of which the values are slices. Throws RangeError for a
 * row that does not agree with its columns.
 */
export function readRow(bytes: Buffer, start: number, end: number, { names, parsers }: Columns): unknown[] {
  const count = names.length
  if (end - start < 2 || bytes.readUInt16BE(start) !== count) throw malformed()
  const first = start + 2
  const text = bytes.toString('latin1', first, end)
  const values: unknown[] = []
  let at = 0
  /** Bytes above 127 that are lengths. */
  let above = 0
  for (let index = 0; index < count; index++) {
    if (at + 4 > text.length) throw malformed()
    const length = bytes.readInt32BE(first + at)
    at += 4
    if (length === -1) {
      above += 4
      values.push(null)
      continue
    }
    if (length < 0 || at + length > text.length) throw malformed()
    if (length > 127) above += ((length >> 7) & 1) + ((length >> 15) & 1) + ((length >> 23) & 1)
    values.push(text.substring(at, at + length))
    at += length
  }
  if (at !== text.length) throw malformed()
  // As UTF-8 each character above 127 would take a byte more, so this counts them.
  if (Buffer.byteLength(text) !== text.length + above) readAsUnicode(values, bytes, first)
  for (const { index, parse } of parsers) {
    const value = values[index]
    if (value !== null) values[index] = parse(value as string)
  }
  return values
}

/** The same row by the names of its columns; of columns with one name the last counts. */
export function toObject(values: readonly unknown[], { names }: Columns): Record<string, unknown> {
  return Object.fromEntries(names.map((name, index) => [name, values[index]]))
}

function readAsUnicode(values: unknown[], bytes: Buffer, first: number): void {
  let at = first
  for (let index = 0; index < values.length; index++) {
    const length = bytes.readInt32BE(at)
    at += 4
    if (length === -1) continue
    values[index] = bytes.toString('utf8', at, at + length)
    at += length
  }
}

function malformed(): RangeError {
  return new RangeError('a row does not agree with its columns')
}
