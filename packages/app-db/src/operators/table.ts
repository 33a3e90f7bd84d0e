import { instant } from '@tenantry/connections/columns'
import type { UserId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { users } from '../users/table.ts'

/** Who runs this installation. Says nothing about any tenant: an operator is a member of a tenant or is not. */
export const operators = app.table('operators', {
  userId: uuid('user_id')
    .$type<UserId>()
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  addedAt: instant('added_at')
    .notNull()
    .default(sql`now()`),
  /** Who did it, as the command line named them. */
  addedBy: text('added_by').notNull(),
})
