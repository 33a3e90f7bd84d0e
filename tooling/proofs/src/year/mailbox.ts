import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'

/** A worker that was busy tries again later and later. */
const waitMs = 600_000

/** The folder in which the worker leaves its mails, as the customers' mail programs find them. */
export class Mailbox {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** The names of all mails, which begin with the id of what was queued. */
  names(): string[] {
    return readdirSync(this.#folder).filter((name) => name.endsWith('.eml'))
  }

  /** The token of the link in a mail, once it has come. */
  async tokenIn(mailId: string): Promise<string> {
    const deadline = performance.now() + waitMs
    for (;;) {
      const name = this.names().find((one) => one.startsWith(mailId))
      const token = name && /public\/\w+#([A-Za-z0-9_-]{43})/.exec(this.#read(name))?.[1]
      if (token !== undefined) return token
      if (performance.now() > deadline) throw new Error('a mail did not come')
      await sleep(100)
    }
  }

  /** Lines that were broken for the way are one line again. */
  #read(name: string): string {
    return readFileSync(join(this.#folder, name), 'utf8').replaceAll(/=\r?\n/g, '')
  }
}
