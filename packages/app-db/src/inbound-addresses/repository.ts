import type { InboundAddressId, TenantId } from '@tenantry/contracts/ids'
import type { InboundAddress, InboundKind, InboundProvider } from '@tenantry/contracts/inbound'
import type { TenantStatus } from '@tenantry/contracts/session'
import { TenantryError } from '@tenantry/errors'
import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { recordAudit } from '../audit/record.ts'
import { grantFacts, mintGrant, type TenantGrant } from '../grants/grant.ts'
import { managingFacts } from '../grants/managing.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'
import { inboundAddresses } from './table.ts'

export interface NewInboundAddress {
  id: InboundAddressId
  publicId: string
  kind: InboundKind
  provider: InboundProvider
  address: string
  /** Sealed for exactly this row. */
  sealedSecret: string
}

/** An address without what it is called by, which its reader makes of `publicId`. */
export type StoredInboundAddress = Omit<InboundAddress, 'url'> & { publicId: string }

export interface OpenedInbound {
  id: InboundAddressId
  provider: InboundProvider
  sealedSecret: string
  tenantStatus: TenantStatus
  /** In the name of the system. Worth nothing before the delivery was found to be signed with this address's secret. */
  grant: TenantGrant
}

export class InboundAddressesRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Oldest first. */
  async list(grant: TenantGrant): Promise<StoredInboundAddress[]> {
    const { tenantId } = grantFacts(grant)
    return await this.#access.reader.db
      .select(shown)
      .from(inboundAddresses)
      .leftJoin(users, eq(users.id, inboundAddresses.createdBy))
      .where(eq(inboundAddresses.tenantId, tenantId))
      .orderBy(asc(inboundAddresses.createdAt), asc(inboundAddresses.id))
  }

  /** Throws NOT_FOUND. */
  async byId(grant: TenantGrant, id: InboundAddressId): Promise<StoredInboundAddress> {
    const { tenantId } = grantFacts(grant)
    const [found] = await this.#access.reader.db
      .select(shown)
      .from(inboundAddresses)
      .leftJoin(users, eq(users.id, inboundAddresses.createdBy))
      .where(mine(tenantId, id))
    if (found === undefined) throw new TenantryError('NOT_FOUND')
    return found
  }

  /** Throws FORBIDDEN, TENANT_SUSPENDED. */
  create(grant: TenantGrant, address: NewInboundAddress): Promise<void> {
    const facts = managingFacts(grant, 'tenant.manage')
    const { tenantId, principal, requestId } = facts
    const createdBy = principal.kind === 'user' ? principal.userId : null
    return this.#access.write(async (tx) => {
      await tx.db.insert(inboundAddresses).values({ ...address, tenantId, createdBy })
      const { kind, provider } = address
      const detail = { kind, provider, address: address.address }
      const entry = { principal, tenantId, action: 'inbound_address.created', subject: address.id }
      await recordAudit(tx, { ...entry, requestId, detail })
    })
  }

  /** The former secret is worth nothing from now on. Throws FORBIDDEN, TENANT_SUSPENDED, NOT_FOUND. */
  replaceSecret(grant: TenantGrant, id: InboundAddressId, sealedSecret: string): Promise<void> {
    const { tenantId, principal, requestId } = managingFacts(grant, 'tenant.manage')
    return this.#access.write(async (tx) => {
      const changed = await tx.db
        .update(inboundAddresses)
        .set({ sealedSecret })
        .where(mine(tenantId, id))
        .returning({ id: inboundAddresses.id })
      if (changed.length === 0) throw new TenantryError('NOT_FOUND')
      await recordAudit(tx, { principal, tenantId, action: 'inbound_address.secret_replaced', subject: id, requestId })
    })
  }

  /** Throws FORBIDDEN, TENANT_SUSPENDED, NOT_FOUND. */
  remove(grant: TenantGrant, id: InboundAddressId): Promise<void> {
    const { tenantId, principal, requestId } = managingFacts(grant, 'tenant.manage')
    return this.#access.write(async (tx) => {
      const removed = await tx.db
        .delete(inboundAddresses)
        .where(mine(tenantId, id))
        .returning({ address: inboundAddresses.address })
      const [found] = removed
      if (found === undefined) throw new TenantryError('NOT_FOUND')
      const entry = { principal, tenantId, action: 'inbound_address.removed', subject: id, requestId }
      await recordAudit(tx, { ...entry, detail: { address: found.address } })
    })
  }

  /** The one resolver from where a message was delivered to a company. Undefined for what is unknown, of another kind, or of a company that is closed. */
  async open(
    { publicId, kind }: { publicId: string; kind: InboundKind },
    { requestId }: { requestId: string },
  ): Promise<OpenedInbound | undefined> {
    const [found] = await this.#access.reader.db
      .select({
        id: inboundAddresses.id,
        provider: inboundAddresses.provider,
        sealedSecret: inboundAddresses.sealedSecret,
        tenantId: tenants.id,
        tenantSlug: tenants.slug,
        tenantStatus: tenants.status,
        dataSourceVersion: tenants.dataSourceVersion,
      })
      .from(inboundAddresses)
      .innerJoin(tenants, eq(tenants.id, inboundAddresses.tenantId))
      .where(
        and(eq(inboundAddresses.publicId, publicId), eq(inboundAddresses.kind, kind), ne(tenants.status, 'archived')),
      )
    if (found === undefined) return undefined
    const { id, provider, sealedSecret, ...tenant } = found
    const grant = mintGrant({
      ...tenant,
      requestId,
      principal: { kind: 'system', job: `inbound ${kind}` },
      role: null,
      limits: null,
      access: tenant.tenantStatus === 'active' ? 'write' : 'read',
      login: 'serving',
    })
    return { id, provider, sealedSecret, tenantStatus: tenant.tenantStatus, grant }
  }

  /** That something came in at this minute. */
  async touch(id: InboundAddressId): Promise<void> {
    await this.#access.write((tx) =>
      tx.db
        .update(inboundAddresses)
        .set({ lastReceivedAt: sql`now()` as never })
        .where(
          and(
            eq(inboundAddresses.id, id),
            sql`coalesce(${inboundAddresses.lastReceivedAt} < now() - interval '1 minute', true)`,
          ),
        ),
    )
  }
}

const shown = {
  id: inboundAddresses.id,
  publicId: inboundAddresses.publicId,
  kind: inboundAddresses.kind,
  provider: inboundAddresses.provider,
  address: inboundAddresses.address,
  createdAt: inboundAddresses.createdAt,
  createdBy: users.name,
  lastReceivedAt: inboundAddresses.lastReceivedAt,
}

function mine(tenantId: TenantId, id: InboundAddressId) {
  return and(eq(inboundAddresses.id, id), eq(inboundAddresses.tenantId, tenantId))
}
