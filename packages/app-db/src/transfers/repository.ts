import type { Executor } from '@tenantry/connections/database'
import type { TenantId } from '@tenantry/contracts/ids'
import type { TenantStatus } from '@tenantry/contracts/session'
import { TenantryError } from '@tenantry/errors'
import { eq, sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { announceTenantChange, recordAudit } from '../audit/record.ts'
import { memberships } from '../memberships/table.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'
import { transfers } from './table.ts'

export type TransferState = (typeof transfers.$inferSelect)['state']

/** A tenant as its transfer needs it. */
export interface MovingTenant {
  tenantId: TenantId
  slug: string
  status: TenantStatus
  timeZone: string
  locale: string
  currency: string
  /** Undefined for a tenant without a data source. */
  dataSource: { url: string; sealedServiceKey: string; serviceRole: string; identity: string } | undefined
  members: { id: string; name: string; email: string; status: 'active' | 'suspended' | 'removed' }[]
  /** Undefined before the first run. */
  transfer:
    | {
        legacyTenantId: string
        state: TransferState
        pausedUntil: string | null
        startedAt: string
        movedAt: string | null
        /** While a rollback compares, what the tenant was before. */
        statusBefore: TenantStatus | null
      }
    | undefined
}

export interface TransferOverview {
  states: Partial<Record<TransferState, number>>
  /** Of the stream that is furthest behind; 0 without any. The server cannot recycle them. */
  backlogBytes: number
}

/** For commands of operators. Every change of who is in charge is one transaction, with its line in the audit log. */
export class TransfersRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Throws NOT_FOUND. */
  async tenant(slug: string): Promise<MovingTenant> {
    const { db } = this.#access.reader
    const [row] = await db
      .select({ tenant: tenants, transfer: transfers })
      .from(tenants)
      .leftJoin(transfers, eq(transfers.tenantId, tenants.id))
      .where(eq(tenants.slug, slug))
    if (row === undefined) throw noSuchTenant()
    const { tenant, transfer } = row
    const members = await db
      .select({ id: users.id, name: users.name, email: users.email, status: memberships.status })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(eq(memberships.tenantId, tenant.id))
    const { dataSourceUrl: url, dataSourceServiceKey: sealedServiceKey, dataSourceIdentity: identity } = tenant
    const serviceRole = tenant.connectionPoolConfig?.serviceRole
    return {
      tenantId: tenant.id,
      slug,
      status: tenant.status,
      timeZone: tenant.timeZone,
      locale: tenant.locale,
      currency: tenant.currency,
      dataSource:
        url && sealedServiceKey && identity && serviceRole
          ? { url, sealedServiceKey, serviceRole, identity }
          : undefined,
      members,
      transfer: transfer ?? undefined,
    }
  }

  /** For whoever watches: how many companies are in each state, and how much of the log their streams keep on this server. */
  async overview(): Promise<TransferOverview> {
    const { db } = this.#access.reader
    const counted = await db
      .select({ state: transfers.state, count: sql<number>`count(*)`.mapWith(Number) })
      .from(transfers)
      .groupBy(transfers.state)
    const [kept] = await db.execute<{ bytes: string }>(sql`
      select coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)), 0)::bigint::text as bytes
      from pg_replication_slots where database = current_database() and starts_with(slot_name, 'tenantry_')`)
    return {
      states: Object.fromEntries(counted.map(({ state, count }) => [state, count])),
      backlogBytes: Number(kept?.bytes ?? 0),
    }
  }

  /**
   * The company begins to move in: it can only be read here until it has moved. Does nothing when it has begun already.
   * Throws CONFLICT when it moves in from another company of the old system, or when that one moves in elsewhere.
   */
  begin(operatorName: string, slug: string, legacyTenantId: string): Promise<void> {
    return this.#access.write(async (tx) => {
      const tenantId = await idOf(tx, slug)
      const put = await tx.db
        .insert(transfers)
        .values({ tenantId, legacyTenantId })
        .onConflictDoNothing()
        .returning({ tenantId: transfers.tenantId })
      if (put.length === 0) {
        const [found] = await tx.db.select().from(transfers).where(eq(transfers.tenantId, tenantId))
        if (found?.legacyTenantId === legacyTenantId) return
        throw new TenantryError('CONFLICT', {
          message: 'This tenant, or this company of the old system, is already part of another transfer.',
        })
      }
      await this.#setStatus(tx, operatorName, { tenantId, status: 'suspended', action: 'tenant.move_begun' })
    })
  }

  /**
   * Nobody writes for at most `forMs`, then the old side does again by itself. Waits for the transactions of the company
   * that are under way there, `lockMs` at the longest (TRANSACTION_ROLLED_BACK).
   */
  pause(operatorName: string, slug: string, { forMs, lockMs }: { forMs: number; lockMs: number }): Promise<void> {
    return this.#access.write(async (tx) => {
      const { tenantId, legacyTenantId } = await lockSides(tx, slug, lockMs)
      const [paused] = await tx.db
        .update(transfers)
        .set({ state: 'paused', pausedUntil: sql`clock_timestamp() + make_interval(secs => ${forMs / 1000})` })
        .where(sql`${transfers.tenantId} = ${tenantId} and ${transfers.state} <> 'moved'`)
        .returning({ state: transfers.state })
      if (paused === undefined) throw movedAlready()
      await this.#audit(tx, operatorName, { tenantId, slug, action: 'transfer.paused', detail: { legacyTenantId } })
    })
  }

  /** The old side goes on at once. Does nothing when it is not paused. */
  resume(operatorName: string, slug: string): Promise<void> {
    return this.#access.write(async (tx) => {
      const tenantId = await idOf(tx, slug)
      const resumed = await tx.db
        .update(transfers)
        .set({ state: 'copying', pausedUntil: null })
        .where(sql`${transfers.tenantId} = ${tenantId} and ${transfers.state} = 'paused'`)
        .returning({ state: transfers.state })
      if (resumed.length > 0) await this.#audit(tx, operatorName, { tenantId, slug, action: 'transfer.resumed' })
    })
  }

  /**
   * The tenant database is in charge from this commit on, and the old rows are shut by the same commit. Throws
   * TRANSFER_PAUSE_OVER when the pause ended before: the old side may have been written to since.
   */
  flip(operatorName: string, slug: string, lockMs: number): Promise<void> {
    return this.#access.write(async (tx) => {
      // Whoever wants to write on the old side waits until this transaction is over, and then finds it shut.
      const { tenantId, legacyTenantId } = await lockSides(tx, slug, lockMs)
      const flipped = await tx.db
        .update(transfers)
        .set({ state: 'moved', pausedUntil: null, movedAt: sql`clock_timestamp()` })
        .where(
          sql`${transfers.tenantId} = ${tenantId} and ${transfers.state} = 'paused' and ${transfers.pausedUntil} > clock_timestamp()`,
        )
        .returning({ state: transfers.state })
      if (flipped.length === 0) throw new TenantryError('TRANSFER_PAUSE_OVER')
      await this.#setStatus(tx, operatorName, { tenantId, status: 'active', action: 'tenant.moved_in' })
      await this.#audit(tx, operatorName, { tenantId, slug, action: 'transfer.flipped', detail: { legacyTenantId } })
    })
  }

  /**
   * A rollback begins: the tenant database stays in charge and is only read, for everybody who asks from now on. Whoever asked
   * before is kept out by its epoch, which is to be raised next. Throws CONFLICT when the company had not moved.
   */
  hold(operatorName: string, slug: string): Promise<void> {
    return this.#access.write(async (tx) => {
      const tenantId = await idOf(tx, slug)
      await announceTenantChange(tx, {
        principal: { kind: 'operator', name: operatorName },
        action: 'tenant.move_held',
      })
      const [tenant] = await tx.db
        .select({ status: tenants.status })
        .from(tenants)
        .where(eq(tenants.id, tenantId))
        .for('update')
      const held = await tx.db
        .update(transfers)
        // A rollback that died has noted down already what it was before.
        .set({ statusBefore: sql`coalesce(${transfers.statusBefore}, ${tenant?.status})` })
        .where(sql`${transfers.tenantId} = ${tenantId} and ${transfers.state} = 'moved'`)
        .returning({ state: transfers.state })
      if (held.length === 0) throw notMoved()
      if (tenant?.status === 'active')
        await tx.db.update(tenants).set({ status: 'suspended' }).where(eq(tenants.id, tenantId))
    })
  }

  /**
   * What the tenant database calls itself since its epoch was raised. Gives the version of the data source: while it is that,
   * nobody has been let in to write.
   */
  heldAs(operatorName: string, slug: string, identity: string): Promise<number> {
    return this.#access.write(async (tx) => {
      const tenantId = await idOf(tx, slug)
      await announceTenantChange(tx, {
        principal: { kind: 'operator', name: operatorName },
        action: 'tenant.epoch_raised',
      })
      const [tenant] = await tx.db
        .update(tenants)
        .set({ dataSourceIdentity: identity })
        .where(eq(tenants.id, tenantId))
        .returning({ version: tenants.dataSourceVersion })
      if (tenant === undefined) throw noSuchTenant()
      return tenant.version
    })
  }

  /** The rollback was refused: the tenant is what it was before. Does nothing when none is under way. */
  release(operatorName: string, slug: string): Promise<void> {
    return this.#access.write(async (tx) => {
      const tenantId = await idOf(tx, slug)
      const [held] = await tx.db.select().from(transfers).where(eq(transfers.tenantId, tenantId)).for('update')
      if (held?.statusBefore == null) return
      await tx.db.update(transfers).set({ statusBefore: null }).where(eq(transfers.tenantId, tenantId))
      await this.#setStatus(tx, operatorName, { tenantId, status: held.statusBefore, action: 'tenant.move_kept' })
    })
  }

  /**
   * The old side is in charge again from this commit on, of what was compared while nobody wrote. Throws CONFLICT when the
   * company had not moved, or when somebody has changed its data source or status since `heldAs` gave `version`.
   */
  rollBack(operatorName: string, slug: string, version: number): Promise<void> {
    return this.#access.write(async (tx) => {
      const tenantId = await idOf(tx, slug)
      const [tenant] = await tx.db
        .select({ version: tenants.dataSourceVersion })
        .from(tenants)
        .where(eq(tenants.id, tenantId))
        .for('update')
      if (tenant?.version !== version) {
        throw new TenantryError('CONFLICT', {
          message: 'Somebody changed this tenant while its sides were compared. Run it again.',
        })
      }
      const back = await tx.db
        .update(transfers)
        .set({ state: 'copying', pausedUntil: null, movedAt: null, statusBefore: null })
        .where(sql`${transfers.tenantId} = ${tenantId} and ${transfers.state} = 'moved'`)
        .returning({ state: transfers.state })
      if (back.length === 0) throw notMoved()
      await this.#setStatus(tx, operatorName, { tenantId, status: 'suspended', action: 'tenant.move_rolled_back' })
    })
  }

  async #setStatus(
    tx: Executor,
    operatorName: string,
    { tenantId, status, action }: { tenantId: TenantId; status: TenantStatus; action: string },
  ): Promise<void> {
    await announceTenantChange(tx, { principal: { kind: 'operator', name: operatorName }, action })
    await tx.db.update(tenants).set({ status }).where(eq(tenants.id, tenantId))
  }

  #audit(
    tx: Executor,
    operatorName: string,
    entry: { tenantId: TenantId; slug: string; action: string; detail?: Record<string, unknown> },
  ): Promise<void> {
    const { slug: subject, ...rest } = entry
    return recordAudit(tx, { principal: { kind: 'operator', name: operatorName }, subject, ...rest })
  }
}

/** Against every transaction that writes rows of the company on the old side: each of them holds the same lock shared. */
async function lockSides(
  tx: Executor,
  slug: string,
  lockMs: number,
): Promise<{ tenantId: TenantId; legacyTenantId: string }> {
  const [found] = await tx.db
    .select({ tenantId: tenants.id, legacyTenantId: transfers.legacyTenantId })
    .from(tenants)
    .leftJoin(transfers, eq(transfers.tenantId, tenants.id))
    .where(eq(tenants.slug, slug))
  if (found === undefined) throw noSuchTenant()
  const { tenantId, legacyTenantId } = found
  if (legacyTenantId === null) throw new TenantryError('CONFLICT', { message: 'This company does not move in.' })
  // In this order; each trip to the server is one that nobody can write in.
  await tx.db.execute(
    sql`select set_config('lock_timeout', ${String(lockMs)}, true), app.lock_moving_company(${legacyTenantId}::uuid)`,
  )
  return { tenantId, legacyTenantId }
}

async function idOf(tx: Executor, slug: string): Promise<TenantId> {
  const [tenant] = await tx.db.select({ id: tenants.id }).from(tenants).where(eq(tenants.slug, slug))
  if (tenant === undefined) throw noSuchTenant()
  return tenant.id
}

function noSuchTenant(): TenantryError {
  return new TenantryError('NOT_FOUND', { message: 'There is no such tenant.' })
}

function notMoved(): TenantryError {
  return new TenantryError('CONFLICT', { message: 'This company has not moved in.' })
}

function movedAlready(): TenantryError {
  return new TenantryError('CONFLICT', { message: 'This company has moved in already.' })
}
