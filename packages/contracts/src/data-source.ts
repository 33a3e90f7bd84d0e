import { z } from 'zod'
import { Instant } from './scalars.ts'

export const Placement = z.enum(['dedicated', 'shared'])
export type Placement = z.infer<typeof Placement>

/** One step of a connection test, in the order they are taken. */
export const ConnectionStep = z.object({
  step: z.enum(['config', 'open', 'connect', 'prove', 'query']),
  ok: z.boolean(),
  milliseconds: z.number(),
})
export type ConnectionStep = z.infer<typeof ConnectionStep>

/** Where a tenant's data lives and how it is. Never a password, key or connection string. */
export const DataSourceView = z.object({
  placement: Placement,
  host: z.string(),
  port: z.int(),
  database: z.string(),
  region: z.string(),
  tls: z.string(),
  /** Postgres version of the server, when it was reached. */
  serverVersion: z.string().nullable(),
  schemaVersion: z.string().nullable(),
  /** Of the whole database: in a shared one the neighbours are counted too, so their tenants are not told. */
  databaseBytes: z.number().nullable(),
  /** The circuit breakers: closed lets calls through, open refuses at once, half-open tries one. */
  breaker: z.record(z.enum(['read', 'write']), z.enum(['closed', 'open', 'half-open'])),
  pool: z.object({ max: z.int(), open: z.int(), idle: z.int(), waiting: z.int() }).nullable(),
  test: z.object({
    success: z.boolean(),
    at: Instant,
    steps: z.array(ConnectionStep),
    /** Error code and what to do, when it failed. */
    code: z.string().nullable(),
    message: z.string().nullable(),
  }),
})
export type DataSourceView = z.infer<typeof DataSourceView>
