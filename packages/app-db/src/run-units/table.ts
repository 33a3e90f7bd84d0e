import { instant } from '@tenantry/connections/columns'
import type { RunId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { check, integer, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { runs } from '../runs/table.ts'

/** What a run is made of: a step, a tenant, a batch. One that is done is not done again. Never a secret in it. */
export const runUnits = app.table(
  'run_units',
  {
    runId: uuid('run_id')
      .$type<RunId>()
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    status: text('status', { enum: ['planned', 'running', 'done', 'failed'] })
      .notNull()
      .default('planned'),
    attempts: integer('attempts').notNull().default(0),
    /** What the unit found out or made, for the report and for whoever resumes. */
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    errorCode: text('error_code'),
    errorDetail: jsonb('error_detail').$type<Record<string, unknown>>(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.key] }),
    check('run_units_status', sql`${t.status} in ('planned', 'running', 'done', 'failed')`),
    check('run_units_error', sql`(${t.status} = 'failed') = (${t.errorCode} is not null)`),
  ],
)
