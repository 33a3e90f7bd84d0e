import { instant } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { boolean, check, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { oneOf, sameTenant } from '../constraints.ts'
import { contacts } from '../contacts/table.ts'
import { crm } from '../crm.ts'
import { recordKey, tenantRules } from '../envelope.ts'
import { rowAccessOfPart } from '../row-access/policies.ts'
import { word } from '../word.ts'

export const contactPointKinds = ['email', 'phone'] as const

/** The ways to reach a contact. `valueNorm` is what two spellings of one address have in common, for matching. */
export const contactPoints = crm.table(
  'contact_points',
  {
    ...recordKey(),
    contactId: uuid('contact_id').notNull(),
    kind: word('kind', contactPointKinds).notNull(),
    value: text('value').notNull(),
    valueNorm: text('value_norm').notNull(),
    label: text('label'),
    isPrimary: boolean('is_primary').notNull().default(false),
    optedOutAt: instant('opted_out_at'),
    bouncedAt: instant('bounced_at'),
  },
  (t) => [
    ...tenantRules('contact_points', [t.tenantId, t.id]),
    rowAccessOfPart('contact', 'contact_id'),
    oneOf(t.kind, contactPointKinds),
    check('contact_points_value_check', sql`kind <> 'phone' or value ~ '^\\+[1-9][0-9]{6,14}$'`),
    sameTenant(t.contactId, contacts.id).onDelete('cascade'),
    index('contact_points_match').on(t.tenantId, t.kind, t.valueNorm),
    uniqueIndex('contact_points_once').on(t.tenantId, t.contactId, t.kind, t.valueNorm),
    uniqueIndex('contact_points_primary')
      .on(t.tenantId, t.contactId, t.kind)
      .where(sql`is_primary`),
  ],
)
