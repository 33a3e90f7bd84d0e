import { instant } from '@tenantry/connections/columns'
import type { TenantId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { bigint, check, index, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'

/** Append-only: triggers refuse UPDATE, DELETE and TRUNCATE, and the application's role has only INSERT and SELECT. */
export const auditLog = app.table(
  'audit_log',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at')
      .notNull()
      .default(sql`clock_timestamp()`),
    tenantId: uuid('tenant_id').$type<TenantId>(),
    actorKind: text('actor_kind', { enum: ['user', 'api_key', 'operator', 'system'] }).notNull(),
    actorId: uuid('actor_id'),
    actorName: text('actor_name'),
    action: text('action').notNull(),
    subject: text('subject'),
    requestId: text('request_id'),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [
    index('audit_log_tenant').on(t.tenantId, t.id.desc()),
    check('audit_log_actor_kind', sql`${t.actorKind} in ('user', 'api_key', 'operator', 'system')`),
  ],
)
