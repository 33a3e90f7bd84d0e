import { z } from 'zod'
import { TeamId, UserId } from './ids.ts'
import { line } from './scalars.ts'
import { Role } from './roles.ts'

/** Whose records: nobody's, one's own, those of one's team (one's own among them), everybody's. Each holds those before it. */
export const RecordScope = z.enum(['none', 'own', 'team', 'all'])
export type RecordScope = z.infer<typeof RecordScope>

/**
 * Kinds of records that belong to somebody: to their owner or assignee, else to who wrote them; documents belong to the owner
 * of their company too. Payments go with invoices, dates with events. The catalogue, places and resources are everybody's.
 */
export const LimitedKind = z.enum([
  'account',
  'contact',
  'lead',
  'opportunity',
  'event',
  'quote',
  'contract',
  'invoice',
  'task',
  'note',
  'communication',
  'attachment',
])
export type LimitedKind = z.infer<typeof LimitedKind>

export const Scopes = z.strictObject({
  see: RecordScope,
  change: RecordScope,
  /** Whose go into the file when a list is saved as one; left out, whatever is seen. */
  export: RecordScope.optional(),
})
export type Scopes = z.infer<typeof Scopes>

/** What may be seen, changed and saved in lists of each kind; a kind that is left out is not limited. */
export const RecordAccess = z
  .partialRecord(LimitedKind, Scopes)
  .refine(
    (access) => Object.values(access).every((scopes) => scopes === undefined || isWithin(scopes.change, scopes.see)),
    'Nothing can be changed that is not seen.',
  )
  .refine(
    (access) => Object.values(access).every((scopes) => isWithin(scopes?.export ?? 'none', scopes?.see ?? 'all')),
    'Nothing can be saved that is not seen.',
  )
export type RecordAccess = z.infer<typeof RecordAccess>

/** Owners and admins decide about these roles, and are not limited themselves: somebody must be able to put it right. */
export const LimitedRole = Role.exclude(['owner', 'admin'])
export type LimitedRole = z.infer<typeof LimitedRole>

export const Team = z.object({ id: TeamId, name: z.string() })
export type Team = z.infer<typeof Team>

/** All that limits the members of a company. */
export const AccessSettings = z.object({
  roles: z.record(LimitedRole, RecordAccess),
  teams: z.array(Team),
  /** Members with a team or with kinds of their own, which count instead of their role's. */
  members: z.array(z.object({ userId: UserId, teamId: TeamId.nullable(), access: RecordAccess })),
})
export type AccessSettings = z.infer<typeof AccessSettings>

export const RoleAccessInput = z.strictObject({ role: LimitedRole, access: RecordAccess })
export type RoleAccessInput = z.infer<typeof RoleAccessInput>
export const MemberAccessInput = z.strictObject({
  userId: UserId,
  teamId: TeamId.nullable(),
  access: RecordAccess,
})
export type MemberAccessInput = z.infer<typeof MemberAccessInput>
export const TeamInput = z.strictObject({ name: line(80) })
export const TeamRename = z.strictObject({ id: TeamId, name: line(80) })
export const TeamRef = z.strictObject({ id: TeamId })

export function isWithin(scope: RecordScope, other: RecordScope): boolean {
  return RecordScope.options.indexOf(scope) <= RecordScope.options.indexOf(other)
}
