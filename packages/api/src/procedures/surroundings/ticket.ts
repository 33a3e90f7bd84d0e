import type { TenantSummary } from '@tenantry/contracts/session'
import type { Auth, TenantGrant } from '../../planes.ts'
import type { Services } from '../services.ts'

/** An operator's command has no sign-in. */
export type HeldServices = Omit<Services, 'auth'> & { auth: Auth | undefined }

/** For whom a call is made that no session stands behind. */
export interface OperatorCall {
  requestId: string
  /** Minted for the operator, after the audit entry was written. */
  grant: TenantGrant
  /** What the grant allows. */
  access: 'read' | 'write'
  tenant: Pick<TenantSummary, 'id' | 'slug' | 'status'>
}

export const ticket = Symbol('services')

interface Ticketed {
  readonly [ticket]: object
}

/** Beside the context and not in it: what is in it can be found, by enumerating its symbols if need be. */
const servicesOfTicket = new WeakMap<object, HeldServices>()
/** Beside the context like the services: a request over HTTP comes with a context of its own and is never found here. */
const operatorOfTicket = new WeakMap<object, OperatorCall>()

export function issueTicket(services: HeldServices, operator?: OperatorCall): object {
  const opaque = Object.freeze({})
  servicesOfTicket.set(opaque, services)
  if (operator !== undefined) operatorOfTicket.set(opaque, operator)
  return opaque
}

export function servicesOf(ctx: Ticketed): HeldServices {
  const services = servicesOfTicket.get(ctx[ticket])
  if (services === undefined) throw new TypeError('the context was not made by createContext')
  return services
}

export function operatorOf(ctx: Ticketed): OperatorCall | undefined {
  return operatorOfTicket.get(ctx[ticket])
}
