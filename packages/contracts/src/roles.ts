import { z } from 'zod'

/** Roles of a member within a tenant, strongest first. */
export const Role = z.enum(['owner', 'admin', 'member', 'read_only'])
export type Role = z.infer<typeof Role>

/**
 * What a procedure may ask for. `records.*` is business data, of which `records.export` takes whole lists away;
 * `money.manage` takes back what was claimed or paid (voids, write-offs, refunds) and numbers documents, the rest is the
 * company itself.
 */
export const Permission = z.enum([
  'records.see',
  'records.write',
  'records.export',
  'pipelines.manage',
  'money.manage',
  'members.see',
  'members.manage',
  'tenant.manage',
  'audit.see',
])
export type Permission = z.infer<typeof Permission>

/** The one table of permissions; the API enforces it, the web application shows it. */
export const permissionsOf: Record<Role, readonly Permission[]> = {
  owner: Permission.options,
  admin: Permission.options,
  member: ['records.see', 'records.write', 'records.export', 'members.see'],
  read_only: ['records.see', 'members.see'],
}

export function roleAllows(role: Role, permission: Permission): boolean {
  return permissionsOf[role].includes(permission)
}
