import type { Form } from './driver.ts'
import { readColumns, readRow, toObject, type Columns } from './row-reader.ts'

/** A statement that was sent. */
export interface Asked {
  text: string
  form: Form
  /** Described just before the first row, or when the statement was prepared. */
  columns: Columns | undefined
  /** Those read so far; of a script the driver reads them. */
  rows: unknown[]
}

/** The rows of the statements of one connection, which the server answers in the order of sending. */
export class Answers {
  readonly #asked: Asked[] = []
  /** By text, of prepared statements: they are described once. */
  readonly #described = new Map<string, Columns>()

  asked(text: string, form: Form): Asked {
    const asked: Asked = { text, form, columns: undefined, rows: [] }
    this.#asked.push(asked)
    return asked
  }

  /** The server is ready for the next one. */
  ended(): void {
    this.#asked.shift()
  }

  /** `isPrepared` tells whether the statement will be run again without another description. */
  described(body: Buffer, isPrepared: (text: string) => boolean): void {
    const [asked] = this.#asked
    if (asked === undefined || asked.form === 'script') return
    asked.columns = readColumns(body)
    if (isPrepared(asked.text)) this.#described.set(asked.text, asked.columns)
  }

  /** Returns whether the driver reads it. Throws RangeError for a row that nobody asked for or that is malformed. */
  row(bytes: Buffer, start: number, end: number): boolean {
    const [asked] = this.#asked
    if (asked?.form === 'script') return true
    // The same statement may have been sent again before its first run was described.
    const columns = asked && (asked.columns ??= this.#described.get(asked.text))
    if (asked === undefined || columns === undefined) throw new RangeError('a row without columns')
    const values = readRow(bytes, start, end, columns)
    asked.rows.push(asked.form === 'arrays' ? values : toObject(values, columns))
    return false
  }
}
