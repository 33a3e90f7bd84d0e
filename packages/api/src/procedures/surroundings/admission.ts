import { keyAllows } from '@tenantry/contracts/api-keys'
import { roleAllows, type Permission } from '@tenantry/contracts/roles'
import { TenantryError } from '@tenantry/errors'
import type { Meta } from '../../permissions.ts'
import type { KeyHolder } from '../../planes.ts'
import type { Context } from '../context.ts'
import { operatorOf, servicesOf, type HeldServices, type OperatorCall } from './ticket.ts'

export async function admitSignedIn(ctx: Context) {
  const session = await ctx.readSession()
  if (session === null) throw new TenantryError('NOT_SIGNED_IN')
  return { signedIn: session }
}

export async function admitMemberToChange(ctx: Context, meta: Meta | undefined) {
  const admitted = await admitMember(ctx, meta)
  if (admitted.tenant.status !== 'active') throw new TenantryError('TENANT_SUSPENDED')
  // Whoever only looks in changes nothing, not even what needs no right to write.
  const session = await ctx.readSession()
  if (session?.support != null) throw new TenantryError('FORBIDDEN')
  return admitted
}

/** Everything about the caller is decided here, before an input is read or a database is opened. */
export async function admitMember(ctx: Context, meta: Meta | undefined): Promise<Admitted> {
  const operator = operatorOf(ctx)
  // Whoever made the grant has decided; the repositories ask it what it may change.
  if (operator !== undefined) return operator
  if (ctx.readKey !== undefined) return admitKey(await ctx.readKey(), meta)
  const { tenant, role, grant, support } = (await admitSignedIn(ctx)).signedIn
  if (tenant === null || role === null)
    throw new TenantryError(support === 'ended' ? 'SUPPORT_ACCESS_ENDED' : 'NO_TENANT')
  if (ctx.assertedTenantId !== undefined && ctx.assertedTenantId !== tenant.id)
    throw new TenantryError('TENANT_CHANGED')
  if (tenant.status === 'archived' || grant === null) throw new TenantryError('TENANT_ARCHIVED')
  if (meta === undefined || !isPermission(meta.permission) || !roleAllows(role, meta.permission))
    throw new TenantryError('FORBIDDEN')
  return { grant, tenant, access: tenant.status === 'active' ? 'write' : 'read' }
}

/** Whoever may call a procedure about a tenant. */
export type Admitted = Pick<OperatorCall, 'grant' | 'access' | 'tenant'>

function admitKey(holder: KeyHolder | null, meta: Meta | undefined): Admitted {
  if (holder === null)
    throw new TenantryError('NOT_SIGNED_IN', { message: 'The API key is unknown, revoked or too old.' })
  const { tenant, role, grant } = holder
  if (grant === null) throw new TenantryError('TENANT_ARCHIVED')
  if (meta === undefined || !isPermission(meta.permission) || !keyAllows(role, meta.permission))
    throw new TenantryError('FORBIDDEN')
  return { grant, tenant, access: tenant.status === 'active' ? 'write' : 'read' }
}

function isPermission(asked: Meta['permission']): asked is Permission {
  return asked !== 'self' && asked !== 'operator' && asked !== 'link'
}

/** Wherever they work at the moment, if anywhere: being an operator is nobody's membership. */
export async function admitOperator(ctx: Context) {
  const { signedIn } = await admitSignedIn(ctx)
  const { operatorPass: pass, session } = signedIn
  if (pass === null) throw new TenantryError('FORBIDDEN')
  return { pass, sessionId: session.id }
}

/** Anybody, but nobody too often: whom a link was made for is all that is known of who uses it. */
export async function admitPublicCall(ctx: Context) {
  const ip = await signInOf(servicesOf(ctx)).auth.admitPublicCall(ctx.calledFrom)
  return { requestId: ctx.requestId, ip, userAgent: ctx.calledFrom.userAgent?.slice(0, 500) ?? null }
}

export function signInOf({ auth, memberProjection }: HeldServices) {
  if (auth === undefined) throw new TenantryError('NOT_SIGNED_IN')
  return { auth, memberProjection }
}
