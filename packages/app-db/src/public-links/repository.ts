import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { TenantId } from '@tenantry/contracts/ids'
import type { LinkKind } from '@tenantry/contracts/public-links'
import type { TenantStatus } from '@tenantry/contracts/session'
import { and, eq, gt, inArray, lt, ne, sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { mintGrant, writingFacts, type TenantGrant } from '../grants/grant.ts'
import { tenants } from '../tenants/table.ts'
import { publicLinks } from './table.ts'

export interface NewLink {
  /** SHA-256 of the token, as only this database is given it. */
  tokenHash: Uint8Array
  kind: LinkKind
  validDays: number
}

export interface OpenedLink {
  tenantId: TenantId
  tenantStatus: TenantStatus
  /** In the name of the system: whoever has a link is nobody we know. Of a suspended company it only reads. */
  grant: TenantGrant
}

export class PublicLinksRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Throws TENANT_SUSPENDED for a grant that only reads. */
  async add(grant: TenantGrant, { tokenHash, kind, validDays }: NewLink): Promise<void> {
    const { tenantId } = writingFacts(grant)
    await this.#access.write(async (tx) => {
      await forgetPast(tx)
      const expiresAt = sql`now() + make_interval(days => ${validDays})`
      await tx.db.insert(publicLinks).values({ tokenHash, tenantId, kind, expiresAt: expiresAt as never })
    })
  }

  /** Undefined for a link that is unknown, over, of another kind, or of a company that is closed. */
  async open(
    link: { tokenHash: Uint8Array; kind: LinkKind },
    { requestId }: { requestId: string },
  ): Promise<OpenedLink | undefined> {
    const [found] = await this.#access.reader.run(liveLink, { ...link })
    if (found === undefined) return undefined
    const { tenantId, tenantSlug, tenantStatus, dataSourceVersion } = found
    const grant = mintGrant({
      tenantId,
      tenantSlug,
      tenantStatus,
      dataSourceVersion,
      requestId,
      principal: { kind: 'system', job: `public link of a ${link.kind}` },
      role: null,
      limits: null,
      access: tenantStatus === 'active' ? 'write' : 'read',
      login: 'serving',
    })
    return { tenantId, tenantStatus, grant }
  }
}

type LiveLink = { tenantId: TenantId; tenantSlug: string; tenantStatus: TenantStatus; dataSourceVersion: number }
const liveLink = statement<{ tokenHash: Uint8Array; kind: LinkKind }, LiveLink>((db) =>
  db
    .select({
      tenantId: tenants.id,
      tenantSlug: tenants.slug,
      tenantStatus: tenants.status,
      dataSourceVersion: tenants.dataSourceVersion,
    })
    .from(publicLinks)
    .innerJoin(tenants, eq(tenants.id, publicLinks.tenantId))
    .where(
      and(
        eq(publicLinks.tokenHash, sql.placeholder('tokenHash')),
        eq(publicLinks.kind, sql.placeholder('kind')),
        gt(publicLinks.expiresAt, sql`now()`),
        ne(tenants.status, 'archived'),
      ),
    ),
)

/** Each new link clears a few of those that are over. */
async function forgetPast(tx: Executor): Promise<void> {
  const past = tx.db
    .select({ tokenHash: publicLinks.tokenHash })
    .from(publicLinks)
    .where(lt(publicLinks.expiresAt, sql`now() - interval '7 days'`))
    .limit(50)
    .for('update', { skipLocked: true })
  await tx.db.delete(publicLinks).where(inArray(publicLinks.tokenHash, past))
}
