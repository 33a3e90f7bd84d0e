import { z } from 'zod'
import { SessionId, TenantId, UserId } from './ids.ts'
import { Role } from './roles.ts'
import { Email, Instant } from './scalars.ts'

export const SignInInput = z.strictObject({ email: Email, password: z.string().min(1).max(200) })
export type SignInInput = z.infer<typeof SignInInput>

export const TenantStatus = z.enum(['active', 'suspended', 'archived'])
export type TenantStatus = z.infer<typeof TenantStatus>

export const TenantSummary = z.object({
  id: TenantId,
  slug: z.string(),
  name: z.string(),
  status: TenantStatus,
  role: Role,
})
export type TenantSummary = z.infer<typeof TenantSummary>

/** Who is signed in, where they work now, and where else they may work. */
export const SessionView = z.object({
  user: z.object({ id: UserId, name: z.string(), email: z.string() }),
  /** Absent until a company is chosen, or after the membership of the chosen one has ended. */
  tenant: TenantSummary.nullable(),
  tenants: z.array(TenantSummary),
  /** Whether the console is open to them. */
  isOperator: z.boolean(),
  /** An operator reads in a company for a reason, until then. `ended` when that is over and nothing else was chosen since. */
  support: z.union([z.object({ reason: z.string(), expiresAt: Instant }), z.literal('ended')]).nullable(),
})
export type SessionView = z.infer<typeof SessionView>

export const SwitchTenantInput = z.strictObject({ tenantId: TenantId })

export const SessionListItem = z.object({
  id: SessionId,
  createdAt: Instant,
  lastSeenAt: Instant,
  userAgent: z.string().nullable(),
  isCurrent: z.boolean(),
})
export type SessionListItem = z.infer<typeof SessionListItem>
