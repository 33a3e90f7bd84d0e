import { instant } from '@tenantry/connections/columns'
import type { RunId, TenantId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'

/** Long commands: one row for each time an operator set out to do something. Never a secret in it. */
export const runs = app.table(
  'runs',
  {
    id: uuid('id').$type<RunId>().primaryKey(),
    /** Noun and verb of the command: `tenant.create`, `fleet.migrate`. */
    kind: text('kind').notNull(),
    /** What it is about within its kind: a slug, or nothing where there is only one of it at a time. */
    subject: text('subject').notNull().default(''),
    /** No foreign key: the journal of a deletion outlives its tenant. */
    tenantId: uuid('tenant_id').$type<TenantId>(),
    status: text('status', { enum: ['running', 'done', 'partly_failed', 'failed', 'interrupted'] })
      .notNull()
      .default('running'),
    /** What was asked for, so that a resumed run asks for the same. */
    input: jsonb('input').$type<Record<string, unknown>>().notNull(),
    startedBy: text('started_by').notNull(),
    /** Times it was set going: 1 and one more for each resumption. */
    attempts: integer('attempts').notNull().default(1),
    /** Another one each time a process takes the run; whoever holds an older one has lost it. */
    claim: uuid('claim').notNull(),
    /** The process that has it, so that its death can be seen on its own machine. */
    holder: text('holder').notNull(),
    startedAt: instant('started_at')
      .notNull()
      .default(sql`now()`),
    heartbeatAt: instant('heartbeat_at')
      .notNull()
      .default(sql`now()`),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    check('runs_status', sql`${t.status} in ('running', 'done', 'partly_failed', 'failed', 'interrupted')`),
    check('runs_finished', sql`(${t.status} = 'running') = (${t.finishedAt} is null)`),
    check('runs_input', sql`jsonb_typeof(${t.input}) = 'object'`),
    // Two operators never do the same at once.
    uniqueIndex('runs_one_at_a_time')
      .on(t.kind, t.subject)
      .where(sql`${t.status} = 'running'`),
    index('runs_by_subject').on(t.kind, t.subject, t.id.desc()),
    index('runs_by_tenant').on(t.tenantId, t.id.desc()),
  ],
)
