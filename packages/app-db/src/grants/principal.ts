import type { SessionId, UserId } from '@tenantry/contracts/ids'

/** Who acts; the audit always knows. */
export type Principal =
  /** Without a session where a job goes on for somebody whose request is over. */
  | { readonly kind: 'user'; readonly userId: UserId; readonly sessionId: SessionId | null; readonly name: string }
  /** With an account in the console, without one at the command line. */
  | { readonly kind: 'operator'; readonly name: string; readonly userId?: UserId }
  | { readonly kind: 'api_key'; readonly id: string; readonly name: string }
  | { readonly kind: 'system'; readonly job: string }

/** A person who has signed in. */
export type SignedInPrincipal = Extract<Principal, { kind: 'user' }> & { readonly sessionId: SessionId }

export interface Actor {
  actorKind: Principal['kind']
  actorId: string | null
  actorName: string
}

/** The principal as columns of the audit log. */
export function actorOf(principal: Principal): Actor {
  switch (principal.kind) {
    case 'user':
      return { actorKind: 'user', actorId: principal.userId, actorName: principal.name }
    case 'api_key':
      return { actorKind: 'api_key', actorId: principal.id, actorName: principal.name }
    case 'operator':
      return { actorKind: 'operator', actorId: principal.userId ?? null, actorName: principal.name }
    case 'system':
      return { actorKind: 'system', actorId: null, actorName: principal.job }
  }
}
