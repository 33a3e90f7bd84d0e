import { boolean, index, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordKey, tenantRules } from '../envelope.ts'
import { memberRefs } from '../member-refs/table.ts'
import { word } from '../word.ts'

const layouts = ['table', 'board', 'calendar'] as const
const visibilities = ['private', 'team', 'tenant'] as const

export const savedViews = crm.table(
  'saved_views',
  {
    ...recordKey(),
    entity: text('entity').notNull(),
    name: text('name').notNull(),
    layout: word('layout', layouts).notNull(),
    visibility: word('visibility', visibilities).notNull(),
    ownerId: uuid('owner_id'),
    config: jsonb('config').$type<Record<string, unknown>>().notNull(),
    position: integer('position').notNull().default(0),
    isDefault: boolean('is_default').notNull().default(false),
  },
  (t) => [
    ...tenantRules('saved_views', [t.tenantId, t.id]),
    oneOf(t.layout, layouts),
    oneOf(t.visibility, visibilities),
    sameTenant(t.ownerId, memberRefs.userId).onDelete('cascade'),
    index('saved_views_in_order').on(t.tenantId, t.entity, t.position),
  ],
)
