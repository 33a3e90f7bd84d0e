import { instant, localDate, minorUnits } from '@tenantry/connections/columns'
import { AmountSource } from '@tenantry/contracts/opportunities'
import { ForecastCategory } from '@tenantry/contracts/pipelines'
import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, text, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/table.ts'
import { currencyCode, percent, byteOrderedText } from '../columns.ts'
import { isCurrency, isMoney, isPercent, notBlank, oneOf, sameTenant } from '../constraints.ts'
import { contacts } from '../contacts/table.ts'
import { crm } from '../crm.ts'
import { currencies } from '../currencies/table.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { byOwner } from '../row-access/belonging.ts'
import { rowAccess } from '../row-access/policies.ts'
import { leads } from '../leads/table.ts'
import { memberRefs } from '../member-refs/table.ts'
import { pipelineStages } from '../pipeline-stages/table.ts'
import { word } from '../word.ts'

const outcomes = ['won', 'lost'] as const

export const opportunities = crm.table(
  'opportunities',
  {
    ...recordKey(),
    name: text('name').notNull(),
    pipelineId: uuid('pipeline_id').notNull(),
    stageId: uuid('stage_id').notNull(),
    accountId: uuid('account_id'),
    contactId: uuid('contact_id'),
    leadId: uuid('lead_id'),
    ownerId: uuid('owner_id'),
    amountMinor: minorUnits('amount_minor').notNull().default(0),
    currency: currencyCode('currency')
      .notNull()
      .references(() => currencies.code),
    amountSource: word('amount_source', AmountSource.options).notNull().default('manual'),
    probability: percent('probability').notNull(),
    probabilityOverridden: boolean('probability_overridden').notNull().default(false),
    forecastCategory: word('forecast_category', ForecastCategory.options).notNull(),
    expectedMinor: minorUnits('expected_minor')
      .notNull()
      .generatedAlwaysAs(sql`round(amount_minor::numeric * probability / 100)::bigint`),
    expectedCloseOn: localDate('expected_close_on'),
    closedAt: instant('closed_at'),
    outcome: word('outcome', outcomes),
    lostReason: text('lost_reason'),
    nextStep: text('next_step'),
    eventType: text('event_type'),
    /** Fractional rank within the stage: a move writes one row. */
    boardRank: byteOrderedText('board_rank').notNull().default('n'),
    searchText: searchText(sql`name`),
    stageEnteredAt: instant('stage_entered_at')
      .notNull()
      .default(sql`now()`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('opportunities', t),
    ...rowAccess('opportunity', byOwner(t.ownerId, t.createdBy)),
    notBlank(t.name),
    isMoney(t.amountMinor, 'zero'),
    isCurrency(t.currency),
    oneOf(t.amountSource, AmountSource.options),
    isPercent(t.probability),
    oneOf(t.forecastCategory, ForecastCategory.options),
    oneOf(t.outcome, outcomes),
    check('opportunities_closed_check', sql`(outcome is null) = (closed_at is null)`),
    check('opportunities_lost_check', sql`outcome is distinct from 'lost' or lost_reason is not null`),
    foreignKey({
      name: 'opportunities_stage_fk',
      columns: [t.tenantId, t.pipelineId, t.stageId],
      foreignColumns: [pipelineStages.tenantId, pipelineStages.pipelineId, pipelineStages.id],
    }),
    sameTenant(t.accountId, accounts.id).onDelete('restrict'),
    sameTenant(t.contactId, contacts.id).onDelete('set null'),
    sameTenant(t.leadId, leads.id).onDelete('set null'),
    sameTenant(t.ownerId, memberRefs.userId).onDelete('set null'),
    index('opportunities_board')
      .on(t.tenantId, t.pipelineId, t.stageId, t.boardRank, t.id)
      .where(sql`deleted_at is null and archived_at is null`),
    index('opportunities_by_name').on(t.tenantId, t.name, t.id).where(live),
    index('opportunities_by_amount').on(t.tenantId, t.amountMinor, t.id).where(live),
    index('opportunities_by_close').on(t.tenantId, opportunityCloseKey, t.id).where(live),
    index('opportunities_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    index('opportunities_by_account').on(t.tenantId, t.accountId),
    index('opportunities_by_contact').on(t.tenantId, t.contactId),
    ...listIndexes('opportunities', t, byOwner(t.ownerId, t.createdBy)),
  ],
)

/** What the list sorts by for `expectedCloseOn`: without a date last. The index is on exactly this; see `accountCityKey`. */
export const opportunityCloseKey = sql<string>`(case when expected_close_on is null then 'infinity'::date else expected_close_on end)`
