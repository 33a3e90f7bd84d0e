import { z } from 'zod'
import { TenantId, UserId } from './ids.ts'
import { Cursor, PageSize } from './pages.ts'
import { Role } from './roles.ts'
import { Currency, Email, Instant, Locale, TimeZone, Version, line } from './scalars.ts'
import { TenantStatus } from './session.ts'

/** The tenant's slug: lower case, digits and hyphens, as it stands in commands. */
export const Slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/, 'Use 3 to 40 lower-case letters, digits and hyphens.')

export const TenantSettings = z.object({
  id: TenantId,
  slug: z.string(),
  name: z.string(),
  status: TenantStatus,
  trade: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  currency: z.string(),
  version: Version,
  createdAt: Instant,
})
export type TenantSettings = z.infer<typeof TenantSettings>

export const TenantSettingsPatch = z.strictObject({
  name: line(120).optional(),
  timeZone: TimeZone.optional(),
  locale: Locale.optional(),
  currency: Currency.optional(),
})
export type TenantSettingsPatch = z.infer<typeof TenantSettingsPatch>
export const TenantSettingsPatchInput = z.strictObject({ version: Version, patch: TenantSettingsPatch })

export const MemberStatus = z.enum(['active', 'suspended', 'removed'])
export type MemberStatus = z.infer<typeof MemberStatus>
export const Member = z.object({
  userId: UserId,
  name: z.string(),
  email: z.string(),
  role: Role,
  status: MemberStatus,
  joinedAt: Instant,
  lastSeenAt: Instant.nullable(),
})
export type Member = z.infer<typeof Member>

/** Adds a person by e-mail address; a person without an account gets one with the given first password. */
export const MemberInput = z.strictObject({
  email: Email,
  name: line(120),
  role: Role.exclude(['owner']),
  /** An empty field of a form means none. */
  password: z.preprocess(
    (value: string | undefined) => (value === '' ? undefined : value),
    z.string().min(12, 'Use at least 12 characters.').max(200).optional(),
  ),
})
export type MemberInput = z.infer<typeof MemberInput>
export const MemberRoleInput = z.strictObject({ userId: UserId, role: Role })
export const MemberStatusInput = z.strictObject({ userId: UserId, status: MemberStatus })

export const AuditEntry = z.object({
  id: z.string(),
  at: Instant,
  actorKind: z.enum(['user', 'api_key', 'operator', 'system']),
  actorName: z.string().nullable(),
  action: z.string(),
  subject: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.infer<typeof AuditEntry>
export const AuditListQuery = z.object({
  cursor: Cursor.nullish(),
  limit: PageSize.default(50),
  action: z.string().max(80).optional(),
})
export type AuditListQuery = z.infer<typeof AuditListQuery>
