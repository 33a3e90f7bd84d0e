import { ResourceKind } from '@tenantry/contracts/resources'
import { sql } from 'drizzle-orm'
import { boolean, index, integer, text, uuid } from 'drizzle-orm/pg-core'
import { inRange, notBlank, oneOf } from '../constraints.ts'
import { crm } from '../crm.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { word } from '../word.ts'

/** What can be booked. A combo, such as a whole venue, lists its members in `resource_members`. */
export const resources = crm.table(
  'resources',
  {
    ...recordKey(),
    name: text('name').notNull(),
    kind: word('kind', ResourceKind.options).notNull(),
    serialNumber: text('serial_number'),
    description: text('description'),
    poolId: uuid('pool_id'),
    isActive: boolean('is_active').notNull().default(true),
    bufferBeforeMinutes: integer('buffer_before_minutes').notNull().default(0),
    bufferAfterMinutes: integer('buffer_after_minutes').notNull().default(0),
    searchText: searchText(sql`name || chr(10) || coalesce(serial_number, '')`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('resources', t),
    notBlank(t.name),
    oneOf(t.kind, ResourceKind.options),
    inRange(t.bufferBeforeMinutes, 0, 2880),
    inRange(t.bufferAfterMinutes, 0, 2880),
    index('resources_by_name').on(t.tenantId, t.name, t.id).where(live),
    index('resources_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    ...listIndexes('resources', t),
  ],
)
