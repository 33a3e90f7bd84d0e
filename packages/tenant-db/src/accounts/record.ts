import { statement } from '@tenantry/connections/statement'
import { AccountPatch, type Account } from '@tenantry/contracts/accounts'
import { found } from '../records/found.ts'
import { lineParameters } from '../records/history.ts'
import { lockOf } from '../records/lock.ts'
import { asRows } from '../records/plain.ts'
import type { RecordKind } from '../records/record-kind.ts'
import { withId } from '../records/record-table.ts'
import { insertOf, updateOf } from '../records/write-statements.ts'
import { selectAccounts, writtenAccount } from './rows.ts'
import { accounts } from './table.ts'

const fields = Object.keys(AccountPatch.shape)
const empty = Object.fromEntries(fields.map((field) => [field, null]))
const insert = insertOf<Account>(accounts, fields, writtenAccount())
const update = updateOf<Account>(accounts, fields, writtenAccount())

export const accountRecord: RecordKind<Account> = {
  entity: 'account',
  byId: statement((db) => asRows<Account>(selectAccounts(db).where(withId(accounts)))),
  lock: lockOf(accounts),
  fieldsOf: (row) => row,
  refusals: {
    accounts_owner_fk: { field: 'ownerId', message: 'There is no such member.' },
    accounts_parent_account_fk: { field: 'parentAccountId', message: 'There is no such company.' },
    accounts_parent_check: { field: 'parentAccountId', message: 'A company cannot belong to itself.' },
    accounts_default_currency_currencies_code_fk: { field: 'defaultCurrency', message: 'This currency is not known.' },
  },
  async insert(acting, entry, input) {
    const parameters = { ...empty, ...input, id: entry.entityId, ...lineParameters(acting, entry) }
    const [row] = await acting.executor.run(insert, parameters)
    return found(row)
  },
  async update(acting, entry, { before, changes }) {
    const [row] = await acting.executor.run(update, { ...before, ...changes, ...lineParameters(acting, entry) })
    return found(row)
  },
}
