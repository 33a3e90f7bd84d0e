import { instant } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { check, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'

/**
 * How many connections to a database server each process may have open. A share that its process does not renew expires,
 * and with it whatever it held back from the others.
 */
export const connectionShares = app.table(
  'connection_shares',
  {
    /** `host:port`. */
    server: text('server').notNull(),
    processId: uuid('process_id').notNull(),
    held: integer('held').notNull(),
    /** What the process could use now. */
    wanted: integer('wanted').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.server, t.processId] }),
    check('connection_shares_counts', sql`${t.held} >= 0 and ${t.wanted} >= 0`),
  ],
)
