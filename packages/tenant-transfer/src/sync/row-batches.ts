/** Whole rows of COPY's text format. */
export interface RowBatch {
  bytes: Buffer
  rows: number
  /** The first column of the last row. */
  lastId: string
}

const newline = 0x0a
const tab = 0x09

/**
 * Cuts a stream of COPY into batches of whole rows of about `batchBytes`. A line feed inside a value is written as `\n`, so
 * each one ends a row.
 */
export async function* rowBatches(pieces: AsyncIterable<Buffer>, batchBytes: number): AsyncGenerator<RowBatch> {
  let held: Buffer[] = []
  let size = 0
  for await (const piece of pieces) {
    held.push(piece)
    size += piece.length
    if (size < batchBytes) continue
    const all = Buffer.concat(held)
    const end = all.lastIndexOf(newline) + 1
    // A single row can be longer than a batch.
    if (end === 0) continue
    yield batchOf(all.subarray(0, end))
    held = end < all.length ? [all.subarray(end)] : []
    size = all.length - end
  }
  if (size > 0) yield batchOf(Buffer.concat(held))
}

/** Asks for the next one while the last one is worked on, so that neither side waits for the other. */
export async function* oneAhead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  let coming = items.next()
  try {
    for (;;) {
      const next = await coming
      if (next.done === true) return
      coming = items.next()
      // Told to whoever asks for it next; nobody may ask.
      coming.catch(() => undefined)
      yield next.value
    }
  } finally {
    await items.return(undefined)
  }
}

function batchOf(bytes: Buffer): RowBatch {
  let rows = 0
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) rows++
  const lastRow = bytes.lastIndexOf(newline, bytes.length - 2) + 1
  return { bytes, rows, lastId: bytes.toString('latin1', lastRow, bytes.indexOf(tab, lastRow)) }
}
