import { sql } from 'drizzle-orm'
import { check, index, uuid } from 'drizzle-orm/pg-core'
import { sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { tenantKey, tenantRules } from '../envelope.ts'
import { resources } from '../resources/table.ts'

/** A combo books every member; members are expanded when the booking is written. */
export const resourceMembers = crm.table(
  'resource_members',
  { ...tenantKey(), comboId: uuid('combo_id').notNull(), memberId: uuid('member_id').notNull() },
  (t) => [
    ...tenantRules('resource_members', [t.tenantId, t.comboId, t.memberId]),
    check('resource_members_self_check', sql`combo_id <> member_id`),
    sameTenant(t.comboId, resources.id).onDelete('cascade'),
    sameTenant(t.memberId, resources.id).onDelete('cascade'),
    index('resource_members_by_member').on(t.tenantId, t.memberId),
  ],
)
