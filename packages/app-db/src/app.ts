import { pgSchema } from 'drizzle-orm/pg-core'

/** Application tables live in their own Postgres schema: a statement sent to a tenant's database finds no such relation. */
export const app = pgSchema('app')
