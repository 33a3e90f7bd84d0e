import { z } from 'zod'
import { ApiKeyId } from './ids.ts'
import { Role, roleAllows, type Permission } from './roles.ts'
import { Instant, line } from './scalars.ts'

/** What a program may do is what a member of this role may do, less what is about the company itself. */
export const ApiKeyRole = Role.exclude(['owner'])
export type ApiKeyRole = z.infer<typeof ApiKeyRole>

/** A program that holds a key must not make itself others, invite people or change where the data lives. */
const deniedToKeys: readonly Permission[] = ['members.manage', 'tenant.manage']

export function keyAllows(role: ApiKeyRole, permission: Permission): boolean {
  return roleAllows(role, permission) && !deniedToKeys.includes(permission)
}

/** A key as everybody may see it who manages them; the key itself is shown once, when it is made. */
export const ApiKey = z.object({
  id: ApiKeyId,
  name: z.string(),
  role: ApiKeyRole,
  /** Its last four characters, by which people tell keys apart. */
  hint: z.string(),
  createdAt: Instant,
  createdBy: z.string().nullable(),
  expiresAt: Instant.nullable(),
  /** To the minute; null before its first call. */
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

/** The key itself, told once. */
export const CreatedApiKey = ApiKey.pick({ id: true, hint: true }).extend({ secret: z.string() })

export const ApiKeyInput = z.strictObject({
  name: line(100),
  role: ApiKeyRole,
  /** Null for a key that ends only when it is revoked. */
  validDays: z.int().min(1).max(3650).nullable().default(365),
})
export type ApiKeyInput = z.infer<typeof ApiKeyInput>

export const ApiKeyRef = z.strictObject({ id: ApiKeyId })
