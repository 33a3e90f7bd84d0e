import { instant, localDate, minorUnits } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { index, uuid } from 'drizzle-orm/pg-core'
import { bigintIdentity } from '../bigint-identity.ts'
import { percent } from '../columns.ts'
import { isMoney, isPercent, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { tenantKey, tenantRules } from '../envelope.ts'
import { rowAccessOfPart } from '../row-access/policies.ts'
import { opportunities } from '../opportunities/table.ts'

/** Append-only: each time an opportunity changed its stage, amount, probability or close date, with the time spent before. */
export const opportunityStageHistory = crm.table(
  'opportunity_stage_history',
  {
    ...tenantKey(),
    id: bigintIdentity('id'),
    opportunityId: uuid('opportunity_id').notNull(),
    fromStageId: uuid('from_stage_id'),
    toStageId: uuid('to_stage_id').notNull(),
    changedAt: instant('changed_at')
      .notNull()
      .default(sql`now()`),
    changedBy: uuid('changed_by'),
    amountMinor: minorUnits('amount_minor').notNull(),
    probability: percent('probability').notNull(),
    expectedCloseOn: localDate('expected_close_on'),
    secondsInPrevious: minorUnits('seconds_in_previous'),
  },
  (t) => [
    ...tenantRules('opportunity_stage_history', [t.tenantId, t.id]),
    rowAccessOfPart('opportunity', 'opportunity_id'),
    isMoney(t.amountMinor, 'zero'),
    isPercent(t.probability),
    sameTenant(t.opportunityId, opportunities.id).onDelete('cascade'),
    index('opportunity_stage_history_timeline').on(t.tenantId, t.opportunityId, t.id),
  ],
)
