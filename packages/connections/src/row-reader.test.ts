import { expect, test } from 'vitest'
import { readColumns, readRow, toObject } from './row-reader.ts'

const text = 25
const integer = 23
const json = 3802

test.each([
  ['plain text', ['Ada', null, '']],
  ['text longer than a byte can count', ['a'.repeat(300), null, 'b'.repeat(40_000), 'c'.repeat(128)]],
  ['letters of several bytes', ['Zoë', '東京', '🎪', null, 'plain']],
  ['a letter that looks like a length', ['\u0080', 'ÿÿÿÿ', null]],
  ['nothing but nulls', [null, null]],
  ['no columns', []],
])('%s comes out as it went in', (_name, values) => {
  expect(read(values)).toEqual(values)
})

test('numbers, truth and JSON are read, in any alphabet; everything else stays text', () => {
  const columns = describe([
    ['count', integer],
    ['facts', json],
    ['at', 1184],
    ['yes', 16],
  ])
  const row = dataRow(['42', '{"name":"Zoë"}', '2026-05-01 18:00:00+00', 't'])
  expect(toObject(readRow(row, 0, row.length, columns), columns)).toEqual({
    count: 42,
    facts: { name: 'Zoë' },
    at: '2026-05-01 18:00:00+00',
    yes: true,
  })
})

test('a row is read from the middle of what has arrived', () => {
  const row = dataRow(['Zoë', null])
  const bytes = Buffer.concat([Buffer.alloc(9, 255), row, Buffer.alloc(9, 255)])
  expect(readRow(bytes, 9, 9 + row.length, columnsOf(2))).toEqual(['Zoë', null])
})

test.each([
  ['fewer values than columns', dataRow(['a']), 2],
  ['more values than columns', dataRow(['a', 'b', 'c']), 2],
  ['a value beyond the end', Buffer.from([0, 1, 0, 0, 0, 9, 97]), 1],
  ['a length beyond the end', Buffer.from([0, 1, 0, 0]), 1],
  ['a length below null', Buffer.from([0, 1, 255, 255, 255, 254]), 1],
  ['bytes after the last value', Buffer.from([0, 1, 0, 0, 0, 1, 97, 98]), 1],
  ['no count', Buffer.from([0]), 0],
])('a row with %s is refused', (_name, row, count) => {
  expect(() => readRow(row, 0, row.length, columnsOf(count))).toThrow(RangeError)
})

function read(values: (string | null)[]): unknown[] {
  const row = dataRow(values)
  return readRow(row, 0, row.length, columnsOf(values.length))
}

function columnsOf(count: number) {
  return describe(Array.from({ length: count }, (_, index) => [`c${index}`, text]))
}

function describe(columns: [name: string, oid: number][]) {
  const parts = columns.map(([name, oid]) => {
    const rest = Buffer.alloc(18)
    rest.writeUInt32BE(oid, 6)
    return Buffer.concat([Buffer.from(`${name}\0`), rest])
  })
  return readColumns(Buffer.concat([counted(columns.length), ...parts]))
}

function dataRow(values: (string | null)[]): Buffer {
  const parts = values.map((value) => {
    const bytes = Buffer.from(value ?? '')
    const length = Buffer.alloc(4)
    length.writeInt32BE(value === null ? -1 : bytes.length)
    return Buffer.concat([length, bytes])
  })
  return Buffer.concat([counted(values.length), ...parts])
}

function counted(count: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(count)
  return bytes
}
