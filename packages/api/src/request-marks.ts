import { joinMarks, writeMarkCookie, writeMarkHeader, type WriteMark } from '@tenantry/contracts/write-mark'
import type { Reading, Writing } from './planes.ts'

/** Set on answers that come from a replica because the primary is away. */
const mayBeBehindHeader = 'x-tenantry-may-be-behind'

/** What one request carries about its caller's own writes, and what its answer has to say. */
export class RequestMarks {
  #after: WriteMark | undefined
  #written: WriteMark | undefined
  #mayBeBehind = false

  constructor(header: string | undefined, cookieHeader: string | undefined) {
    this.#after =
      header === undefined && cookieHeader === undefined ? undefined : joinMarks(inCookie(cookieHeader), header)
  }

  /** For a read: it sees what the caller has written, also in this request. */
  reading({ requires }: Requiring): Reading & Requiring {
    return {
      requires,
      after: this.#after,
      onServed: ({ mayBeBehind }) => {
        this.#mayBeBehind ||= mayBeBehind
      },
    }
  }

  writing({ requires }: Requiring): Writing {
    return {
      requires,
      onWritten: (mark) => {
        this.#written = joinMarks(this.#written, mark)
        this.#after = joinMarks(this.#after, mark)
      },
    }
  }

  /** Of the answer. None for most. */
  headers(): Record<string, string> {
    if (this.#written === undefined && !this.#mayBeBehind) return none
    return {
      ...(this.#written !== undefined && { [writeMarkHeader]: this.#written }),
      ...(this.#mayBeBehind && { [mayBeBehindHeader]: '1' }),
    }
  }
}

/** A migration that the procedure needs of the tenant's database. */
interface Requiring {
  requires?: string | undefined
}

const none: Record<string, string> = {}

const cookie = new RegExp(`(?:^|;)\\s*${writeMarkCookie}=([^;]+)`)

function inCookie(header: string | undefined): WriteMark | undefined {
  return header?.includes(writeMarkCookie) === true ? cookie.exec(header)?.[1] : undefined
}
