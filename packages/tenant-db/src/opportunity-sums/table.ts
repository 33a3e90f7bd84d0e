import { localDate } from '@tenantry/connections/columns'
import { ForecastCategory } from '@tenantry/contracts/pipelines'
import { integer, numeric, uuid } from 'drizzle-orm/pg-core'
import { bigintIdentity } from '../bigint-identity.ts'
import { currencyCode } from '../columns.ts'
import { crm } from '../crm.ts'
import { tenantKey, tenantRules } from '../envelope.ts'
import { rowAccessOfSums } from '../row-access/policies.ts'
import { word } from '../word.ts'

/**
 * What open opportunities come to, by all that the dashboard tells apart and by whose they are. Triggers on opportunities add
 * lines, of less as well as of more, and never change one, so that no writer waits for another; what counts is the sum of the
 * lines. Every so many lines a writer makes one line of all that say the same.
 */
export const opportunitySums = crm.table(
  'opportunity_sums',
  {
    ...tenantKey(),
    id: bigintIdentity('id'),
    stageId: uuid('stage_id').notNull(),
    currency: currencyCode('currency').notNull(),
    /** The first day of the month of the expected close. */
    month: localDate('month'),
    forecastCategory: word('forecast_category', ForecastCategory.options).notNull(),
    /** The owner, else the author: whose the opportunities are for the limits of members. */
    personId: uuid('person_id'),
    count: integer('count').notNull(),
    amountMinor: numeric('amount_minor').notNull(),
    expectedMinor: numeric('expected_minor').notNull(),
  },
  (t) => [...tenantRules('opportunity_sums', [t.tenantId, t.id]), rowAccessOfSums('opportunity', t.personId)],
)
