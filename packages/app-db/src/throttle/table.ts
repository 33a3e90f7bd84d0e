import { instant } from '@tenantry/connections/columns'
import { index, integer, text } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'

/** Failed sign-ins per account and per address, and calls of what takes long; rows, so that a restart forgives nobody. */
export const signInThrottle = app.table(
  'sign_in_throttle',
  {
    key: text('key').primaryKey(),
    failures: integer('failures').notNull(),
    windowEndsAt: instant('window_ends_at').notNull(),
  },
  (t) => [index('sign_in_throttle_window_ends_at').on(t.windowEndsAt)],
)
