import { statement } from '@tenantry/connections/statement'
import { AccountPatch, type Account } from '@tenantry/contracts/accounts'
import { asRows } from '../records/plain.ts'
import type { RecordKind } from '../records/record-kind.ts'
import { only, withId } from '../records/record-table.ts'
import { insertOf, updateOf } from '../records/write-statements.ts'
import { selectAccounts } from './rows.ts'
import { accounts } from './table.ts'

const fields = Object.keys(AccountPatch.shape)
const empty = Object.fromEntries(fields.map((field) => [field, null]))
const insert = insertOf(accounts, fields)
const update = updateOf(accounts, fields)

export const accountRecord: RecordKind<Account> = {
  entity: 'account',
  byId: statement((db) => asRows<Account>(selectAccounts(db).where(withId(accounts)))),
  lock: statement((db) => asRows<Account>(selectAccounts(db).where(withId(accounts)).for('update', only(accounts)))),
  fieldsOf: (row) => row,
  insert: ({ executor, actor }, id, input) => executor.run(insert, { ...empty, ...input, id, actorId: actor.id }),
  update: ({ executor, actor }, before, changes) => executor.run(update, { ...before, ...changes, actorId: actor.id }),
}
