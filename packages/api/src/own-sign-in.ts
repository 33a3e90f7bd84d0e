import type { TenantId } from '@tenantry/contracts/ids'
import type { SessionListItem, TenantSummary } from '@tenantry/contracts/session'
import type { MemberProjection } from './member-projection.ts'
import type { Auth, SignedIn } from './planes.ts'

/** What somebody may do with their own sign-in, and with nobody else's. */
export interface OwnSignIn {
  tenants(): Promise<TenantSummary[]>
  sessions(): Promise<SessionListItem[]>
  /** Throws FORBIDDEN without an active membership there. */
  switchTenant(tenantId: TenantId): Promise<void>
  end(): Promise<void>
  endEverywhere(): Promise<void>
}

export function ownSignIn(
  { auth, memberProjection }: { auth: Auth; memberProjection: MemberProjection },
  signedIn: SignedIn,
): OwnSignIn {
  return {
    tenants: () => auth.tenantsOf(signedIn),
    sessions: () => auth.sessionsOf(signedIn),
    async switchTenant(tenantId) {
      await auth.switchTenant(signedIn, tenantId)
      memberProjection.makeDue(tenantId)
    },
    end: () => auth.signOut(signedIn),
    endEverywhere: () => auth.signOutEverywhere(signedIn),
  }
}
