import type { Executor } from '@tenantry/connections/database'
import type { Account, AccountInput, AccountListQuery, AccountPatch } from '@tenantry/contracts/accounts'
import type { AccountId } from '@tenantry/contracts/ids'
import type { Count, Page } from '@tenantry/contracts/pages'
import type { RecordChange } from '@tenantry/contracts/record'
import type { Acting } from '../records/acting.ts'
import { createRecord, patchRecord, putAway, readRecord, takeBack } from '../records/change-record.ts'
import { readTimelineOf, type PageQuery } from '../records/timeline.ts'
import { undoChange } from '../records/undo-change.ts'
import { accountListing } from './listing.ts'
import { accountRecord } from './record.ts'

export class AccountsReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  list(query: AccountListQuery): Promise<Page<Account>> {
    return accountListing.page(this.#executor, query)
  }

  count(query: AccountListQuery): Promise<Count> {
    return accountListing.count(this.#executor, query)
  }

  /** Throws NOT_FOUND. An account in the bin is found, with `deletedAt`. */
  byId(id: AccountId): Promise<Account> {
    return readRecord(this.#executor, accountRecord, id)
  }

  /** What happened to the account, newest first. Throws NOT_FOUND. */
  timeline(id: AccountId, page: PageQuery): Promise<Page<RecordChange>> {
    return readTimelineOf(this.#executor, accountRecord, id, page)
  }
}

/** Of a transaction: every method writes the account and its history together, or neither. */
export class AccountsWriter extends AccountsReader {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting.executor)
    this.#acting = acting
  }

  create(input: AccountInput): Promise<Account> {
    return createRecord(this.#acting, accountRecord, input)
  }

  /** Throws NOT_FOUND, and STALE_WRITE with what others changed since `version`. */
  patch({ patch, ...at }: { id: AccountId; version: number; patch: AccountPatch }): Promise<Account> {
    return patchRecord(this.#acting, accountRecord, at, patch)
  }

  archive(at: AccountVersion): Promise<Account> {
    return putAway(this.#acting, accountRecord, at, 'archived')
  }

  unarchive(at: AccountVersion): Promise<Account> {
    return takeBack(this.#acting, accountRecord, at, 'unarchived')
  }

  /** Puts the account into the bin, from which `restore` takes it back. */
  remove(at: AccountVersion): Promise<Account> {
    return putAway(this.#acting, accountRecord, at, 'deleted')
  }

  restore(at: AccountVersion): Promise<Account> {
    return takeBack(this.#acting, accountRecord, at, 'restored')
  }

  /** Takes back one change of the account's timeline. Throws STALE_WRITE when its fields have changed since. */
  undo(id: AccountId, changeId: string): Promise<Account> {
    return undoChange(this.#acting, accountRecord, id, changeId)
  }
}

interface AccountVersion {
  id: AccountId
  version: number
}
