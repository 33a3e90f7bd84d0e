import { citext, instant } from '@tenantry/connections/columns'
import { MemberStatus } from '@tenantry/contracts/tenants'
import { sql } from 'drizzle-orm'
import { text, uuid } from 'drizzle-orm/pg-core'
import { oneOf } from '../constraints.ts'
import { crm } from '../crm.ts'
import { tenantKey, tenantRules } from '../envelope.ts'
import { word } from '../word.ts'

/** The members of the application database, projected here so that owners and assignees join and link locally. */
export const memberRefs = crm.table(
  'member_refs',
  {
    ...tenantKey(),
    userId: uuid('user_id').notNull(),
    displayName: text('display_name').notNull(),
    email: citext('email'),
    status: word('status', MemberStatus.options).notNull().default('active'),
    syncedAt: instant('synced_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [...tenantRules('member_refs', [t.tenantId, t.userId]), oneOf(t.status, MemberStatus.options)],
)
