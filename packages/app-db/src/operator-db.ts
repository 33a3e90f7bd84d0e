import type { FleetRun } from '@tenantry/contracts/fleet'
import type { Access } from './access.ts'
import { TenantAuditRepository } from './audit/tenant-audit.ts'
import { FleetRepository } from './fleet/repository.ts'
import { HealthRepository } from './health/repository.ts'
import type { TenantGrant } from './grants/grant.ts'
import { mintForOutsider, type AccessReason } from './grants/repository.ts'
import type { OperatorFacts } from './operators/pass.ts'
import { RunsRepository } from './runs/repository.ts'
import { tenantBySlug } from './tenants/by-slug.ts'
import { OperatorSupportRepository } from './support-access/operator-repository.ts'

/**
 * The application database for one operator: the fleet and what happened to its tenants. Everything written is written in
 * the operator's name. No business data: that is in tenants' databases, and support access is the only way there.
 */
export class OperatorDb {
  readonly #access: Access
  readonly #operator: OperatorFacts
  readonly fleet: FleetRepository
  readonly support: OperatorSupportRepository
  readonly tenantAudit: TenantAuditRepository
  readonly health: HealthRepository

  constructor(access: Access, operator: OperatorFacts) {
    this.#access = access
    this.#operator = operator
    this.fleet = new FleetRepository(access, operator)
    this.support = new OperatorSupportRepository(access, operator)
    this.tenantAudit = new TenantAuditRepository(access)
    this.health = new HealthRepository(access)
  }

  /** As journals name whoever asks. */
  get operatorName(): string {
    return this.#operator.principal.name
  }

  /** What was set going at the command line, newest first: for one tenant, or all of it. Throws NOT_FOUND. */
  async runs({ slug }: { slug?: string | undefined }): Promise<FleetRun[]> {
    const { reader } = this.#access
    const about = slug === undefined ? {} : { tenantId: (await tenantBySlug(reader, slug)).id }
    const found = await new RunsRepository(this.#access).list(about)
    // What was asked for names servers and roles; it stays at the command line.
    return found.map((item) => {
      const { input: _, ...run } = item
      return run
    })
  }

  /** To look after a tenant's data source, not into it. Leaves an entry in the tenant's audit log. Throws NOT_FOUND, TENANT_ARCHIVED. */
  grantFor(slug: string, reason: string): Promise<TenantGrant> {
    const { principal, requestId } = this.#operator
    const why: AccessReason = { reason, access: 'read', requestId }
    return mintForOutsider(this.#access, principal, slug, why)
  }
}
