import type { Executor } from '@tenantry/connections/database'
import type { DuplicateCandidates } from '@tenantry/contracts/duplicates'
import { accountsLike, contactsLike, type Sought } from './candidates.ts'

export class DuplicatesReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** At most 20 companies and 20 contacts outside the bin that share a name, an e-mail address or a telephone number. */
  async like(sought: Sought): Promise<DuplicateCandidates> {
    const [accounts, contacts] = await Promise.all([
      accountsLike(this.#executor, sought),
      contactsLike(this.#executor, sought),
    ])
    return { accounts, contacts }
  }
}
