/** What the tap reports, in the order in which the server said it. */
export interface TapListener {
  /** What the server has been asked for; a server that speaks out of turn is refused. */
  expects(): 'login' | 'answer' | 'nothing'
  /** ReadyForQuery: I idle, T in a transaction, E in a failed one. Returns why it is refused. */
  ready(status: string): string | undefined
  /** ErrorResponse, by field letter. Returns false when the driver must not see it. */
  failed(fields: Record<string, string>): boolean
  /** CommandComplete. */
  completed(tag: string): void
  /** ParameterStatus: a setting has this value from now on. */
  reported(setting: string, value: string): void
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

/** Of all messages, those which a session without COPY receives. */
const expected = {
  login: new Set(Buffer.from('RKSZNE')),
  answer: new Set(Buffer.from('SZCDTt12nNEIA')),
  nothing: new Set(Buffer.from('SNEA')),
}

/** Only rows may be long. */
const maxMessageBytes = 1 << 20

/**
 * Reads every byte the server sends before the driver does, so that the state of the session is what the server said
 * and never a guess. Refuses what the driver cannot stand: endless names, unknown and unasked messages, answers
 * without end.
 */
export class WireTap {
  readonly #listener: TapListener
  readonly #maxBytes: number
  /** The beginning of a message that has not arrived entirely. */
  #rest: Buffer | undefined
  /** Bytes of a row still to come. */
  #skip = 0
  /** Of the present answer. */
  #bytes = 0

  constructor(listener: TapListener, maxBytes: number) {
    this.#listener = listener
    this.#maxBytes = maxBytes
  }

  /** Returns false when the driver must not see this chunk. */
  read(chunk: Buffer): boolean {
    this.#bytes += chunk.length
    if (this.#bytes > this.#maxBytes) return this.#refuse('the answer is too large')
    if (this.#skip >= chunk.length) {
      this.#skip -= chunk.length
      return true
    }
    const buffer = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk
    const start = this.#skip
    this.#rest = undefined
    this.#skip = 0
    return this.#messages(buffer, start)
  }

  #messages(buffer: Buffer, start: number): boolean {
    let at = start
    while (buffer.length - at >= 5) {
      const type = buffer[at] ?? 0
      const length = buffer.readInt32BE(at + 1)
      const end = at + 1 + length
      if (length < 4 || !expected[this.#listener.expects()].has(type)) {
        return this.#refuse(`an unexpected message of type ${type}`)
      }
      if (type === dataRow) {
        if (end > buffer.length) {
          this.#skip = end - buffer.length
          return true
        }
      } else if (length > maxMessageBytes) return this.#refuse('an oversized message')
      else if (end > buffer.length) break
      else if (!this.#message(type, buffer.subarray(at + 5, end))) return false
      at = end
    }
    if (at < buffer.length) this.#rest = buffer.subarray(at)
    return true
  }

  #message(type: number, body: Buffer): boolean {
    switch (type) {
      case rowDescription:
        return isWholeRowDescription(body) || this.#refuse('a malformed row description')
      case readyForQuery: {
        this.#bytes = 0
        const reason = this.#listener.ready(body.toString('latin1', 0, 1))
        return reason === undefined || this.#refuse(reason)
      }
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
      case authentication: {
        const reason = this.#listener.login(body)
        return reason === undefined || this.#refuse(reason)
      }
      default:
        return true
    }
  }

  #refuse(reason: string): false {
    this.#listener.refused(reason)
    return false
  }
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
