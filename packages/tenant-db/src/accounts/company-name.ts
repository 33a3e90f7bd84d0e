import { sql } from 'drizzle-orm'
import { accounts } from './table.ts'

/** Of the company that a row must have: empty where its reader may not see that company. */
export const companyName = sql<string>`coalesce(${accounts.name}, '')`
