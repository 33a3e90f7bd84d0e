/** One row that was written in the old tables, as far as it tells which rows to look at again. */
export interface RowChange {
  table: string
  /** Before and after; one of them for what was inserted or deleted. Texts as Postgres prints them. */
  versions: Record<string, string | null>[]
}

export type ChangeMessage =
  | { kind: 'begin'; xid: bigint }
  | { kind: 'commit'; end: bigint }
  | { kind: 'row'; change: RowChange }
  | { kind: 'truncate' }
  | { kind: 'other' }

/**
 * Reads messages of Postgres' own output plugin `pgoutput`, protocol 1, which names a table and its columns once and from
 * then on by number. https://www.postgresql.org/docs/18/protocol-logicalrep-message-formats.html
 */
export class ChangeReader {
  readonly #relations = new Map<number, { name: string; columns: string[] }>()

  read(bytes: Buffer): ChangeMessage {
    switch (String.fromCharCode(bytes[0] ?? 0)) {
      case 'B':
        return { kind: 'begin', xid: BigInt(bytes.readUInt32BE(17)) }
      case 'C':
        return { kind: 'commit', end: bytes.readBigUInt64BE(10) }
      case 'R':
        this.#relation(bytes)
        return { kind: 'other' }
      case 'I':
        return this.#row(bytes, 5)
      case 'U':
        return this.#row(bytes, 5)
      case 'D':
        return this.#row(bytes, 5)
      case 'T':
        return { kind: 'truncate' }
      default:
        return { kind: 'other' }
    }
  }

  #relation(bytes: Buffer): void {
    const at = new Cursor(bytes, 1)
    const id = at.int32()
    at.text()
    const name = at.text()
    at.int8()
    const columns = Array.from({ length: at.int16() }, () => {
      at.int8()
      const column = at.text()
      at.int32()
      at.int32()
      return column
    })
    this.#relations.set(id, { name, columns })
  }

  /** Tuples marked K or O are of before, N of after. */
  #row(bytes: Buffer, start: number): ChangeMessage {
    const relation = this.#relations.get(bytes.readUInt32BE(1))
    if (relation === undefined) throw new RangeError('a change of a table that was not described')
    const at = new Cursor(bytes, start)
    const versions: RowChange['versions'] = []
    while (at.isInside) {
      at.int8()
      versions.push(tuple(at, relation.columns))
    }
    return { kind: 'row', change: { table: relation.name, versions } }
  }
}

/** `u` stands for a long value that did not change and was not written again. */
function tuple(at: Cursor, columns: string[]): Record<string, string | null> {
  const values: [string, string | null][] = []
  const count = at.int16()
  for (let index = 0; index < count; index++) {
    const kind = String.fromCharCode(at.int8())
    const value = kind === 't' ? at.bytes(at.int32()) : null
    if (kind !== 'u') values.push([columns[index] ?? '', value])
  }
  return Object.fromEntries(values)
}

class Cursor {
  readonly #bytes: Buffer
  #at: number

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes
    this.#at = at
  }

  get isInside(): boolean {
    return this.#at < this.#bytes.length
  }

  int8(): number {
    return this.#bytes.readUInt8((this.#at += 1) - 1)
  }

  int16(): number {
    return this.#bytes.readUInt16BE((this.#at += 2) - 2)
  }

  int32(): number {
    return this.#bytes.readUInt32BE((this.#at += 4) - 4)
  }

  /** Up to the next zero byte. */
  text(): string {
    const end = this.#bytes.indexOf(0, this.#at)
    const text = this.#bytes.toString('utf8', this.#at, end)
    this.#at = end + 1
    return text
  }

  bytes(length: number): string {
    return this.#bytes.toString('utf8', (this.#at += length) - length, this.#at)
  }
}
