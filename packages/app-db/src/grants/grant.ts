import type { TenantId } from '@tenantry/contracts/ids'
import type { Role } from '@tenantry/contracts/roles'
import type { TenantStatus } from '@tenantry/contracts/session'
import { TenantryError } from '@tenantry/errors'
import type { RowLimits } from '../record-access/limits.ts'
import type { Principal } from './principal.ts'

export type TenantLogin = 'serving' | 'support'

export interface GrantFacts {
  readonly tenantId: TenantId
  readonly tenantSlug: string
  readonly principal: Principal
  /** Null for operators and the system, who are not members. */
  readonly role: Role | null
  readonly access: 'read' | 'write'
  /** Whose records may be seen and changed; null for everybody's. */
  readonly limits: RowLimits | null
  /** The same while a list is saved as a file. */
  readonly exportLimits: RowLimits | null
  /** Which role of the tenant's database: the one that serves requests, or the one that can only read. */
  readonly login: TenantLogin
  readonly tenantStatus: TenantStatus
  readonly dataSourceVersion: number
  readonly requestId: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** A request is over long before; a removed member's grant that was kept is worth nothing soon after. */
export const grantTtlMs = 60_000

/** Set by the class below, which alone can construct; only this package can import it. */
export let mintGrant: (facts: NewGrant) => TenantGrant

export interface NewGrant extends Omit<GrantFacts, 'expiresAt' | 'exportLimits'> {
  /** Left out, the same as `limits`. */
  exportLimits?: RowLimits | null
  /** The right that is proven ends at this moment, milliseconds since 1970; the grant ends no later. */
  endsAt?: number
}

/** `private` ends with the compiler: at run time anybody can call `grant.constructor`, but nobody else has this. */
const minting = Symbol('minting')

/**
 * Proof that the application database has read the membership, or written the audit entry of an operator. The facts are
 * private fields: a spread copy, `Object.create` or a look-alike has none and is refused, and nothing can be edited.
 */
export class TenantGrant {
  readonly #facts: GrantFacts

  private constructor(facts: GrantFacts, by: typeof minting) {
    if (by !== minting) throw new TenantryError('GRANT_REFUSED', { detail: { reason: 'not minted here' } })
    this.#facts = Object.freeze(facts)
    Object.freeze(this)
  }

  static {
    mintGrant = ({ endsAt = Infinity, exportLimits, ...given }) => {
      const facts = { ...given, exportLimits: exportLimits === undefined ? given.limits : exportLimits }
      const expiresAt = Math.min(Date.now() + grantTtlMs, endsAt)
      return new TenantGrant({ ...facts, principal: Object.freeze({ ...facts.principal }), expiresAt }, minting)
    }
    // Nor can `facts` be replaced there.
    Object.freeze(this)
  }

  static facts(this: void, value: unknown): GrantFacts | undefined {
    return typeof value === 'object' && value !== null && #facts in value ? value.#facts : undefined
  }
}

/** True for an object this process minted, expired or not. */
export function isGenuineGrant(value: unknown): value is TenantGrant {
  return TenantGrant.facts(value) !== undefined
}

/** What a grant says. Throws GRANT_REFUSED when it is not genuine or has expired. */
export function grantFacts(grant: TenantGrant): GrantFacts {
  const facts = TenantGrant.facts(grant)
  if (facts === undefined) throw new TenantryError('GRANT_REFUSED', { detail: { reason: 'not genuine' } })
  if (facts.expiresAt <= Date.now()) throw new TenantryError('GRANT_REFUSED', { detail: { reason: 'expired' } })
  return facts
}

/** The facts of a grant that may change something. Throws FORBIDDEN for support access, TENANT_SUSPENDED for a tenant that can only be read. */
export function writingFacts(grant: TenantGrant): GrantFacts {
  const facts = grantFacts(grant)
  if (facts.login === 'support') throw new TenantryError('FORBIDDEN')
  if (facts.access !== 'write') throw new TenantryError('TENANT_SUSPENDED')
  return facts
}
