import { TenantryError } from '@tenantry/errors'
import { statement } from '@tenantry/connections/statement'
import type { Opportunity } from '@tenantry/contracts/opportunities'
import type { Fields } from '../records/diff.ts'
import { found } from '../records/found.ts'
import { lineParameters } from '../records/history.ts'
import { lockOf } from '../records/lock.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { asRows } from '../records/plain.ts'
import type { RecordKind } from '../records/record-kind.ts'
import { withId } from '../records/record-table.ts'
import { insertOf, updateOf } from '../records/write-statements.ts'
import { selectOpportunities } from './rows.ts'
import { recordEntry, recordStageChange } from './stage-history.ts'
import { opportunities } from './table.ts'

/** The columns of its own row. */
export const opportunityFieldNames = [
  'name',
  'pipelineId',
  'stageId',
  'accountId',
  'contactId',
  'leadId',
  'ownerId',
  'amountMinor',
  'currency',
  'amountSource',
  'probability',
  'probabilityOverridden',
  'forecastCategory',
  'expectedCloseOn',
  'closedAt',
  'outcome',
  'lostReason',
  'nextStep',
  'eventType',
  'boardRank',
  'stageEnteredAt',
  'custom',
]
const empty: Fields = {
  ...Object.fromEntries(opportunityFieldNames.map((field) => [field, null])),
  amountSource: 'manual',
}
const insert = insertOf(opportunities, opportunityFieldNames)
const update = updateOf(opportunities, opportunityFieldNames)
const byId = statement<{ id: string }, Opportunity>((db) =>
  asRows<Opportunity>(selectOpportunities(db).where(withId(opportunities))),
)

export const opportunityRecord: RecordKind<Opportunity> = {
  entity: 'opportunity',
  byId,
  lock: lockOf(opportunities),
  fieldsOf: (row) => row,
  refusals: {
    opportunities_owner_fk: { field: 'ownerId', message: 'There is no such member.' },
    opportunities_account_fk: { field: 'accountId', message: 'There is no such company.' },
    opportunities_contact_fk: { field: 'contactId', message: 'There is no such contact.' },
    opportunities_amount_minor_check: { field: 'lines', message: 'The discounts are more than the price.' },
    opportunities_currency_currencies_code_fk: { field: 'currency', message: 'This currency is not known.' },
  },
  async insert(acting, entry, input) {
    const id = entry.entityId
    const [, , [row]] = await inOneTrip([
      acting.executor.run(insert, { ...empty, ...input, id, ...lineParameters(acting, entry) }),
      recordEntry(acting, id, input),
      acting.executor.run(byId, { id }),
    ])
    return found(row)
  },
  async update(acting, entry, { before, changes }) {
    assertSumOfLines(before, changes)
    const [, , [row]] = await inOneTrip([
      acting.executor.run(update, { ...before, ...changes, ...lineParameters(acting, entry) }),
      recordStageChange(acting, before, changes),
      acting.executor.run(byId, { id: before.id }),
    ])
    return found(row)
  },
}

/** An amount that is made of lines changes with them alone, also when somebody takes an older change of it back. RULE_VIOLATED. */
export function assertSumOfLines({ amountSource }: Opportunity, changes: Fields): void {
  if (amountSource !== 'lines' || !('amountMinor' in changes) || 'lines' in changes) return
  throw new TenantryError('RULE_VIOLATED', {
    message: 'The amount is the sum of the lines. Change these instead.',
    data: { field: 'amountMinor' },
  })
}
