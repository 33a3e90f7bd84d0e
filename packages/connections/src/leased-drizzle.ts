import type { PgRemoteDatabase } from 'drizzle-orm/pg-proxy'

/** Drizzle without a way to open transactions or to reach the session beneath. */
export type LeasedDrizzle = Omit<
  PgRemoteDatabase<Record<string, never>>,
  'transaction' | 'session' | 'dialect' | '$cache' | '_' | 'query'
>
