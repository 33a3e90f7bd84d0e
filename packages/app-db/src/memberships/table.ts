import { instant } from '@tenantry/connections/columns'
import type { TeamId, TenantId, UserId } from '@tenantry/contracts/ids'
import type { RecordAccess } from '@tenantry/contracts/record-access'
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { teams } from '../teams/table.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'

export const memberships = app.table(
  'memberships',
  {
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .notNull()
      .references(() => tenants.id),
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    role: text('role', { enum: ['owner', 'admin', 'member', 'read_only'] }).notNull(),
    status: text('status', { enum: ['active', 'suspended', 'removed'] })
      .notNull()
      .default('active'),
    joinedAt: instant('joined_at')
      .notNull()
      .default(sql`now()`),
    teamId: uuid('team_id').$type<TeamId>(),
    /** Kinds of records that count instead of what the role says. */
    recordAccess: jsonb('record_access').$type<RecordAccess>().notNull().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId] }),
    index('memberships_user_id').on(t.userId),
    // The migration lets a team that is removed empty its own column and not the tenant's.
    foreignKey({
      name: 'memberships_team_fk',
      columns: [t.tenantId, t.teamId],
      foreignColumns: [teams.tenantId, teams.id],
    }).onDelete('set null'),
    index('memberships_team_id').on(t.tenantId, t.teamId),
    check('memberships_role', sql`${t.role} in ('owner', 'admin', 'member', 'read_only')`),
    check('memberships_status', sql`${t.status} in ('active', 'suspended', 'removed')`),
  ],
)
