import type { UserId } from '@tenantry/contracts/ids'
import { LimitedKind, type RecordAccess, type RecordScope } from '@tenantry/contracts/record-access'
import type { Role } from '@tenantry/contracts/roles'

/** Whose records of a kind: everybody's when it is not among them. */
export type People = Partial<Record<LimitedKind, readonly UserId[]>>

/** What limits one member: the people whose records they see and change, kind by kind. */
export interface RowLimits {
  readonly see: People
  readonly change: People
}

export interface Limited {
  userId: UserId
  role: Role
  roleAccess: Partial<Record<Role, RecordAccess>>
  ownAccess: RecordAccess
  /** Everybody of the member's team, former members too: somebody has to look after their records. */
  team: readonly UserId[]
}

/** Null for whoever is not limited at all. A kind of the member's own counts instead of the role's. */
export function rowLimitsOf(limited: Limited): RowLimits | null {
  return limitsBy('see', limited)
}

/** The same while a list is saved as a file: of what is seen, what may be taken away. */
export function exportLimitsOf(limited: Limited): RowLimits | null {
  return limitsBy('export', limited)
}

function limitsBy(seeing: 'see' | 'export', { userId, role, roleAccess, ownAccess, team }: Limited): RowLimits | null {
  if (role === 'owner' || role === 'admin') return null
  const access = { ...roleAccess[role], ...ownAccess }
  const people = (verb: 'see' | 'change' | 'export'): People =>
    Object.fromEntries(
      LimitedKind.options.flatMap((kind) => {
        const scope = access[kind]?.[verb] ?? access[kind]?.see ?? 'all'
        return scope === 'all' ? [] : [[kind, peopleOf(scope, userId, team)]]
      }),
    )
  const limits = { see: people(seeing), change: people('change') }
  return Object.keys(limits.see).length + Object.keys(limits.change).length === 0 ? null : limits
}

function peopleOf(scope: Exclude<RecordScope, 'all'>, userId: UserId, team: readonly UserId[]): readonly UserId[] {
  switch (scope) {
    case 'none':
      return []
    case 'own':
      return [userId]
    case 'team':
      return [...new Set([userId, ...team])]
  }
}
