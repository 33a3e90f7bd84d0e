import type { UserId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import type { Principal } from '../grants/principal.ts'

export interface OperatorFacts {
  readonly principal: Extract<Principal, { kind: 'operator' }> & { readonly userId: UserId }
  readonly requestId: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** As short as a grant: whoever is no operator any more has lost the next request. */
export const passTtlMs = 60_000

/** Set by the class below; only this package can import it. */
export let mintPass: (facts: Omit<OperatorFacts, 'expiresAt'>) => OperatorPass

/** `private` ends with the compiler; nobody else has this. */
const minting = Symbol('minting')

/** Proof that the application database has read, with the session, that the person is an operator. Made like a grant. */
export class OperatorPass {
  readonly #facts: OperatorFacts

  private constructor(facts: OperatorFacts, by: typeof minting) {
    if (by !== minting) throw new TenantryError('FORBIDDEN', { detail: { reason: 'the pass was not minted here' } })
    this.#facts = Object.freeze(facts)
    Object.freeze(this)
  }

  static {
    mintPass = ({ principal, requestId }) =>
      new OperatorPass(
        { principal: Object.freeze({ ...principal }), requestId, expiresAt: Date.now() + passTtlMs },
        minting,
      )
    Object.freeze(this)
  }

  static facts(this: void, value: unknown): OperatorFacts | undefined {
    return typeof value === 'object' && value !== null && #facts in value ? value.#facts : undefined
  }
}

/** Who holds the pass. Throws FORBIDDEN when it is not genuine or has expired. */
export function operatorOf(pass: OperatorPass): OperatorFacts {
  const facts = OperatorPass.facts(pass)
  if (facts === undefined) throw new TenantryError('FORBIDDEN', { detail: { reason: 'the pass is not genuine' } })
  if (facts.expiresAt <= Date.now())
    throw new TenantryError('FORBIDDEN', { detail: { reason: 'the pass has expired' } })
  return facts
}
