import { boolean, integer, text, uuid } from 'drizzle-orm/pg-core'
import { inRange, notBlank, oneOf } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordEnvelope, recordKey, recordRules } from '../envelope.ts'
import { word } from '../word.ts'

const kinds = ['equipment', 'staff', 'space', 'vehicle'] as const

/** What can be booked. A combo, such as a whole venue, lists its members in `resource_members`. */
export const resources = crm.table(
  'resources',
  {
    ...recordKey(),
    name: text('name').notNull(),
    kind: word('kind', kinds).notNull(),
    poolId: uuid('pool_id'),
    isActive: boolean('is_active').notNull().default(true),
    bufferBeforeMinutes: integer('buffer_before_minutes').notNull().default(0),
    bufferAfterMinutes: integer('buffer_after_minutes').notNull().default(0),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('resources', t),
    notBlank(t.name),
    oneOf(t.kind, kinds),
    inRange(t.bufferBeforeMinutes, 0, 2880),
    inRange(t.bufferAfterMinutes, 0, 2880),
  ],
)
