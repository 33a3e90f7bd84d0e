import { grantFacts } from '@tenantry/app-db/grants'
import type { TenantId } from '@tenantry/contracts/ids'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { AppDb, DataSources, Logger, TenantGrant } from './planes.ts'

export interface MemberProjectionNeeds {
  appDb: AppDb
  dataSources: DataSources
  logger: Logger
}

/**
 * Keeps the people whom a tenant database knows, and what it knows of the company itself, in step with the application
 * database. That one is right: a member who was changed stays changed while the tenant database is away, and the projection
 * is due until it succeeds. A tenant's is also due when this process sees the tenant for the first time, which repairs what
 * a process that ended could not.
 */
export class MemberProjection {
  readonly #needs: MemberProjectionNeeds
  /** When to project a tenant's members again; absent means at the next access, Infinity not before something changes. */
  readonly #dueAt = new Map<TenantId, number>()
  readonly #running = new Set<Promise<void>>()

  constructor(needs: MemberProjectionNeeds) {
    this.#needs = needs
  }

  makeDue(tenantId: TenantId): void {
    this.#dueAt.delete(tenantId)
  }

  /** After a change was committed. Waits until the tenant database has it, but not long for one that is away. Never rejects. */
  async refresh(grant: TenantGrant, tenantId: TenantId): Promise<void> {
    await Promise.race([this.#start(grant, tenantId), sleep(longestWaitMs, undefined, { ref: false })])
  }

  /** After the tenant's database has answered, so that nobody's first request waits for it. */
  refreshIfDue(grant: TenantGrant, tenantId: TenantId): void {
    // Who only reads, such as support access, leaves it to the next one who may write.
    if (grantFacts(grant).access !== 'write') return
    if ((this.#dueAt.get(tenantId) ?? 0) <= Date.now()) void this.#start(grant, tenantId)
  }

  /** Waits for the projections under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#running)
  }

  #start(grant: TenantGrant, tenantId: TenantId): Promise<void> {
    this.#dueAt.set(tenantId, Infinity)
    const run = this.#project(grant)
      .catch((err: unknown) => {
        this.#dueAt.set(tenantId, Date.now() + retryAfterMs)
        this.#needs.logger.warn({ tenantId, err }, 'The members could not be brought to the tenant database')
      })
      .finally(() => this.#running.delete(run))
    this.#running.add(run)
    return run
  }

  /** Ends when what was written last is still so: of two that overlap, the one that writes last has read last. */
  async #project(grant: TenantGrant): Promise<void> {
    let known = await this.#knownOf(grant)
    for (;;) {
      const written = known
      // One after the other: a database that has no place for the company yet still hears of its people.
      await this.#needs.dataSources.withTenantWriter(grant, (db) => db.memberRefs.put(written.members))
      await this.#needs.dataSources.withTenantWriter(grant, (db) => db.company.put(written.company))
      known = await this.#knownOf(grant)
      if (isDeepStrictEqual(known, written)) return
    }
  }

  async #knownOf(grant: TenantGrant) {
    const { memberships, tenants } = this.#needs.appDb
    const [members, company] = await Promise.all([memberships.list(grant), tenants.settings(grant)])
    return {
      members: members.map(({ userId, name, email, status }) => ({ userId, name, email, status })),
      company: { name: company.name, timeZone: company.timeZone, locale: company.locale, currency: company.currency },
    }
  }
}

const longestWaitMs = 5_000
const retryAfterMs = 30_000
