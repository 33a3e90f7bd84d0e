import { pgSchema } from 'drizzle-orm/pg-core'

/** Business tables live in their own Postgres schema: a statement sent to the application database finds no such relation. */
export const crm = pgSchema('crm')
