import type { Executor } from '@tenantry/connections/database'
import type { Account, AccountInput, AccountListQuery, AccountPatch } from '@tenantry/contracts/accounts'
import type { AccountId } from '@tenantry/contracts/ids'
import { accountMerges } from '../merges/kinds.ts'
import { mergeRecords, undoMerge, type Merge } from '../merges/merge-records.ts'
import type { Acting } from '../records/acting.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { accountListing } from './listing.ts'
import { accountRecord } from './record.ts'

interface AccountTypes {
  id: AccountId
  row: Account
  listed: Account
  query: AccountListQuery
  input: AccountInput
  patch: AccountPatch
}

const parts: RecordParts<AccountTypes> = { record: accountRecord, listing: accountListing }

export class AccountsReader extends RecordsReader<AccountTypes> {
  constructor(executor: Executor) {
    super(executor, parts)
  }
}

export class AccountsWriter extends RecordsWriter<AccountTypes> {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting, parts)
    this.#acting = acting
  }

  /** See `mergeRecords`. */
  merge(merge: Merge): Promise<Account> {
    return mergeRecords(this.#acting, accountMerges, merge)
  }

  override async undo(id: AccountId, changeId: string): Promise<Account> {
    return (await undoMerge(this.#acting, accountMerges, { id, changeId })) ?? super.undo(id, changeId)
  }
}
