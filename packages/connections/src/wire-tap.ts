/** What the tap reports, in the order in which the server said it. */
export interface TapListener {
  /** What the server has been asked for; a server that speaks out of turn is refused. */
  expects(): 'login' | 'answer' | 'copy' | 'nothing'
  /** ReadyForQuery: I idle, T in a transaction, E in a failed one. Returns why it is refused. */
  ready(status: string): string | undefined
  /** ErrorResponse, by field letter. Returns false when the driver must not see it. */
  failed(fields: Record<string, string>): boolean
  /** RowDescription, its whole body: the columns of the rows that follow. */
  described(body: Buffer): void
  /** DataRow: its body is `bytes` from `start` to `end`. Returns whether the driver reads it. Throws for a malformed one. */
  row(bytes: Buffer, start: number, end: number): boolean
  /** CopyInResponse: the server waits for our data. */
  copyInReady(): void
  /** CopyData: its body is `bytes` from `start` to `end`. The driver never sees it. */
  copied(bytes: Buffer, start: number, end: number): void
  /** CommandComplete. */
  completed(tag: string): void
  /** ParameterStatus: a setting has this value from now on. */
  reported(setting: string, value: string): void
  /** NotificationResponse; what it says is not read. */
  notified(): void
  /** Authentication request. Returns why it is refused. */
  login(body: Buffer): string | undefined
  /** The server broke the protocol or a bound; the connection has to go. */
  refused(reason: string): void
}

const code = (letter: string) => letter.charCodeAt(0)
const dataRow = code('D')
const rowDescription = code('T')
const readyForQuery = code('Z')
const errorResponse = code('E')
const commandComplete = code('C')
const authentication = code('R')
const parameterStatus = code('S')
const copyData = code('d')
const copyInResponse = code('G')
const copyOutResponse = code('H')
const copyDone = code('c')
const notificationResponse = code('A')

/** Of all messages, those which a session receives; those of COPY only when it asked for one. */
const expected = {
  login: new Set(Buffer.from('RKSZNE')),
  answer: new Set(Buffer.from('SZCDTt12nNEIA')),
  copy: new Set(Buffer.from('GHdcSZCNEA')),
  nothing: new Set(Buffer.from('SNEA')),
}

/** Only rows may be long. */
const maxMessageBytes = 1 << 20

const nothing = Buffer.alloc(0)

/** Type and length. */
const headerBytes = 5

/**
 * Reads every byte the server sends before the driver does, so that the state of the session is what the server said
 * and never a guess. Refuses what the driver cannot stand: endless names, unknown and unasked messages, answers
 * without end. The driver gets whole messages only, and not the rows that the listener has taken.
 */
export class WireTap {
  readonly #listener: TapListener
  readonly #maxBytes: number
  /** The pieces of a message that has not arrived entirely. */
  #pieces: Buffer[] = []
  /** How many bytes they have, and how many the message has as far as is known. */
  #held = 0
  #needed = 0
  /** Of the present answer. */
  #bytes = 0

  constructor(listener: TapListener, maxBytes: number) {
    this.#listener = listener
    this.#maxBytes = maxBytes
  }

  /** Returns what the driver is to see, possibly nothing; undefined when the connection has been refused. */
  read(chunk: Buffer): Buffer | undefined {
    this.#bytes += chunk.length
    if (this.#bytes > this.#maxBytes && this.#listener.expects() !== 'copy') {
      return this.#refuse('the answer is too large')
    }
    if (this.#held === 0) return this.#messages(chunk)
    this.#pieces.push(chunk)
    this.#held += chunk.length
    if (this.#held < this.#needed) return nothing
    const buffer = Buffer.concat(this.#pieces)
    this.#pieces = []
    this.#held = 0
    return this.#messages(buffer)
  }

  #messages(buffer: Buffer): Buffer | undefined {
    const parts: Buffer[] = []
    let at = 0
    /** Where the part begins that the driver has not been given. */
    let from = 0
    while (buffer.length - at >= headerBytes) {
      const type = buffer[at] ?? 0
      const length = buffer.readInt32BE(at + 1)
      const end = at + 1 + length
      if (length < 4 || !expected[this.#listener.expects()].has(type)) {
        return this.#refuse(`an unexpected message of type ${type}`)
      }
      const isRow = type === dataRow || type === copyData
      if (!isRow && length > maxMessageBytes) return this.#refuse('an oversized message')
      if (end > buffer.length) break
      if (type === copyData) this.#listener.copied(buffer, at + headerBytes, end)
      else if (type === copyInResponse) this.#listener.copyInReady()
      if (isOfCopy(type)) {
        // The driver would make streams of its own of them.
        if (at > from) parts.push(buffer.subarray(from, at))
        from = end
      } else if (type !== dataRow) {
        if (!this.#message(type, buffer.subarray(at + headerBytes, end))) return undefined
      } else if (!this.#listener.row(buffer, at + headerBytes, end)) {
        if (at > from) parts.push(buffer.subarray(from, at))
        from = end
      }
      at = end
    }
    if (at < buffer.length) this.#hold(buffer.subarray(at))
    if (from === 0) return buffer.subarray(0, at)
    if (at > from) parts.push(buffer.subarray(from, at))
    return Buffer.concat(parts)
  }

  #hold(rest: Buffer): void {
    this.#pieces.push(rest)
    this.#held = rest.length
    this.#needed = rest.length < headerBytes ? headerBytes : 1 + rest.readInt32BE(1)
  }

  #message(type: number, body: Buffer): boolean {
    switch (type) {
      case rowDescription:
        if (!isWholeRowDescription(body)) return this.#accepts('a malformed row description')
        this.#listener.described(body)
        return true
      case readyForQuery:
        this.#bytes = 0
        return this.#accepts(this.#listener.ready(body.toString('latin1', 0, 1)))
      case errorResponse:
        return this.#listener.failed(errorFields(body))
      case commandComplete:
        this.#listener.completed(body.toString('latin1', 0, body.length - 1))
        return true
      case parameterStatus: {
        const [setting = '', value = ''] = body.toString('utf8').split('\0')
        this.#listener.reported(setting, value)
        return true
      }
      case notificationResponse:
        this.#listener.notified()
        return true
      case authentication:
        return this.#accepts(this.#listener.login(body))
      default:
        return true
    }
  }

  #accepts(reason: string | undefined): boolean {
    if (reason !== undefined) this.#refuse(reason)
    return reason === undefined
  }

  #refuse(reason: string): undefined {
    this.#listener.refused(reason)
    return undefined
  }
}

function isOfCopy(type: number): boolean {
  return type === copyData || type === copyInResponse || type === copyOutResponse || type === copyDone
}

/** A column name without its end would send the driver into an endless loop. */
function isWholeRowDescription(body: Buffer): boolean {
  const columns = body.readUInt16BE(0)
  let at = 2
  for (let column = 0; column < columns; column++) {
    const end = body.indexOf(0, at)
    at = end + 19
    if (end < 0 || at > body.length) return false
  }
  return true
}

function errorFields(body: Buffer): Record<string, string> {
  const fields = body.toString('utf8').split('\0')
  const entries = fields.filter((field) => field !== '').map((field) => [field.charAt(0), field.slice(1)] as const)
  return Object.fromEntries(entries)
}
