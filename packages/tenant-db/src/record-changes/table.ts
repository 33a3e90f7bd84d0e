import { bigintText, instant } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { index, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { bigintIdentity } from '../bigint-identity.ts'
import { oneOf } from '../constraints.ts'
import { crm } from '../crm.ts'
import { tenantKey, tenantRules } from '../envelope.ts'
import { rowAccessOfHistory } from '../row-access/policies.ts'
import { word } from '../word.ts'
import { isStep } from './steps.ts'

const actorKinds = ['user', 'api_key', 'operator', 'system'] as const

/** Append-only: who changed which fields of which record. Written in the transaction of the change; feeds timeline and undo. */
export const recordChanges = crm.table(
  'record_changes',
  {
    ...tenantKey(),
    id: bigintIdentity('id'),
    entity: text('entity').notNull(),
    entityId: uuid('entity_id').notNull(),
    action: text('action').notNull(),
    diff: jsonb('diff').$type<Record<string, { from: unknown; to: unknown }>>().notNull(),
    versionAfter: integer('version_after'),
    actorId: uuid('actor_id'),
    actorKind: word('actor_kind', actorKinds).notNull().default('user'),
    requestId: text('request_id'),
    undoOf: bigintText('undo_of'),
    at: instant('at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [
    ...tenantRules('record_changes', [t.tenantId, t.id]),
    rowAccessOfHistory(),
    oneOf(t.actorKind, actorKinds),
    index('record_changes_timeline').on(t.tenantId, t.entity, t.entityId, t.id),
    index('record_changes_steps').on(t.tenantId, t.entity, t.entityId, t.at, t.id).where(isStep),
  ],
)
