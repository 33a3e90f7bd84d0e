import { boolean, index, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordEnvelope, recordKey, recordRules } from '../envelope.ts'
import { memberRefs } from '../member-refs/table.ts'
import { word } from '../word.ts'

const layouts = ['table', 'board', 'calendar'] as const
const visibilities = ['private', 'tenant'] as const

/** Lists as people have arranged them, each its owner's. */
export const savedViews = crm.table(
  'saved_views',
  {
    ...recordKey(),
    /** Not `entity`: that is what a line of history calls its record. */
    list: text('entity').notNull(),
    name: text('name').notNull(),
    layout: word('layout', layouts).notNull(),
    visibility: word('visibility', visibilities).notNull(),
    ownerId: uuid('owner_id'),
    config: jsonb('config').$type<Record<string, unknown>>().notNull(),
    position: integer('position').notNull().default(0),
    isDefault: boolean('is_default').notNull().default(false),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('saved_views', t),
    oneOf(t.layout, layouts),
    oneOf(t.visibility, visibilities),
    sameTenant(t.ownerId, memberRefs.userId).onDelete('cascade'),
    index('saved_views_in_order').on(t.tenantId, t.list, t.position),
  ],
)
