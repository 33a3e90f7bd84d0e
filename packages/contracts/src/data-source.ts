import { z } from 'zod'
import type { Instant } from './scalars.ts'

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
export interface DataSourceView {
  placement: Placement
  host: string
  port: number
  database: string
  region: string
  tls: string
  /** Postgres version of the server, when it was reached. */
  serverVersion: string | null
  schemaVersion: string | null
  /** Of the whole database: in a shared one the neighbours are counted too, so their tenants are not told. */
  databaseBytes: number | null
  /** The circuit breakers: closed lets calls through, open refuses at once, half-open tries one. */
  breaker: Record<'read' | 'write', 'closed' | 'open' | 'half-open'>
  pool: { max: number; open: number; idle: number; waiting: number } | null
  test: {
    success: boolean
    at: z.infer<typeof Instant>
    steps: ConnectionStep[]
    /** Error code and what to do, when it failed. */
    code: string | null
    message: string | null
  }
}
