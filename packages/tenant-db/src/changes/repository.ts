import type { Executor } from '@tenantry/connections/database'
import type { Page } from '@tenantry/contracts/pages'
import type { RecordChange } from '@tenantry/contracts/record'
import { readTimeline, type PageQuery } from '../records/timeline.ts'

export class ChangesReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** What happened to one record of any kind, newest first; empty when nothing is known of it. */
  timeline(of: { entity: string; entityId: string }, page: PageQuery): Promise<Page<RecordChange>> {
    return readTimeline(this.#executor, of, page)
  }
}
