import type { Executor } from '@tenantry/connections/database'
import type { AboutEntry, AboutQuery } from '@tenantry/contracts/about'
import type { Page } from '@tenantry/contracts/pages'
import { readAbout } from './read-about.ts'

export class AboutReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /**
   * Changes, tasks, notes, messages and files of one record, and the key steps of what belongs to it, in one stream, newest
   * first; empty for one that does not exist.
   */
  timeline(query: AboutQuery): Promise<Page<AboutEntry>> {
    return readAbout(this.#executor, query)
  }
}
