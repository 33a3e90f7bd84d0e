import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'

/** One pool for everybody, of as many connections as the other contenders may open. */
const client = postgres(process.env.DATABASE_URL ?? '', { max: 8, onnotice: () => undefined })

export const db = drizzle(client)
