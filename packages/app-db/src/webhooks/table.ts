import { instant } from '@tenantry/connections/columns'
import type { TenantId, UserId, WebhookEndpointId } from '@tenantry/contracts/ids'
import type { WebhookEvent } from '@tenantry/contracts/webhook-events'
import type { WebhookOff } from '@tenantry/contracts/webhooks'
import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenantKey } from '../tenants/key.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'

/** Whom a tenant tells of its changes. What they are told stands in the tenant's own database alone. */
export const webhookEndpoints = app.table(
  'webhook_endpoints',
  {
    id: uuid('id').$type<WebhookEndpointId>().primaryKey(),
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    url: text('url').notNull(),
    description: text('description'),
    /** Null for all of them. */
    events: jsonb('events').$type<WebhookEvent[]>(),
    /** Signs every message. */
    sealedSecret: text('sealed_secret').notNull(),
    /** The one before it signs as well for a while, so that a receiver can change over without missing any. */
    sealedPreviousSecret: text('sealed_previous_secret'),
    previousSecretUntil: instant('previous_secret_until'),
    createdBy: uuid('created_by')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    disabledAt: instant('disabled_at'),
    disabledBecause: text('disabled_because').$type<WebhookOff>(),
    /** In a row, and since when. */
    failures: integer('failures').notNull().default(0),
    failingSince: instant('failing_since'),
    /** After a failure nothing is sent before this. */
    restsUntil: instant('rests_until'),
  },
  (t) => [
    check('webhook_endpoints_url', sql`url ~ '^https?://' and length(url) <= 2000`),
    check('webhook_endpoints_disabled', sql`(disabled_at is null) = (disabled_because is null)`),
    check('webhook_endpoints_because', sql`disabled_because in ('manager', 'failing', 'gone')`),
    check('webhook_endpoints_failing', sql`(failures = 0) = (failing_since is null)`),
    check('webhook_endpoints_previous_secret', sql`(sealed_previous_secret is null) = (previous_secret_until is null)`),
    index('webhook_endpoints_by_tenant').on(t.tenantId, t.createdAt),
    index('webhook_endpoints_by_creator').on(t.createdBy),
  ],
)

/**
 * When the changes of a tenant with endpoints are looked for next. Whoever has written something moves it to now, which may
 * be lost; the worker comes by itself in the end.
 */
export const webhookDue = app.table(
  'webhook_due',
  {
    tenantId: tenantKey(),
    dueAt: instant('due_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [index('webhook_due_due_at').on(t.dueAt)],
)
