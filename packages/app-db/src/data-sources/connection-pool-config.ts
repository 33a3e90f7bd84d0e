import { z } from 'zod'

/** What `connection_pool_config` may say; everything has a default in the pool. */
export const ConnectionPoolConfig = z.strictObject({
  max: z.int().min(1).max(100).exactOptional(),
  maxWaiting: z.int().min(0).max(10_000).exactOptional(),
  acquireMs: z.int().min(1).max(60_000).exactOptional(),
  connectMs: z.int().min(1).max(60_000).exactOptional(),
  statementMs: z.int().min(1).max(600_000).exactOptional(),
  idleMs: z.int().min(1).exactOptional(),
  /** Once the primary is found away, answer reads from a replica that may be behind, and say so. Off unless said. */
  readOnlyFallback: z.boolean().exactOptional(),
  /** Login role of fleet and transfer. */
  serviceRole: z
    .string()
    .regex(/^[a-z_][a-z0-9_-]{0,62}$/)
    .exactOptional(),
  /** Login role of support access: it can only read. */
  supportRole: z
    .string()
    .regex(/^[a-z_][a-z0-9_-]{0,62}$/)
    .exactOptional(),
})
export type ConnectionPoolConfig = z.infer<typeof ConnectionPoolConfig>
