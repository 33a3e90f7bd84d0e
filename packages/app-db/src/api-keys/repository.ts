import type { ApiKey, ApiKeyInput } from '@tenantry/contracts/api-keys'
import type { ApiKeyId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Access } from '../access.ts'
import { recordAudit } from '../audit/record.ts'
import { grantFacts, type TenantGrant } from '../grants/grant.ts'
import { managingFacts } from '../grants/managing.ts'
import { users } from '../users/table.ts'
import { holderFrom, liveKey, type KeyHolder } from './resolve.ts'
import { apiKeys } from './table.ts'

/** Tells what it is to whoever finds it in a log or a repository. */
const prefix = 'tenantry_'

export class ApiKeysRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Newest first, those that are over among them. */
  async list(grant: TenantGrant): Promise<ApiKey[]> {
    const { tenantId } = grantFacts(grant)
    return await this.#access.reader.db
      .select(shown)
      .from(apiKeys)
      .leftJoin(users, eq(users.id, apiKeys.createdBy))
      .where(eq(apiKeys.tenantId, tenantId))
      .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
  }

  /** Throws FORBIDDEN, TENANT_SUSPENDED. `secret` is told here and nowhere else: what is kept is a hash of it. */
  create(
    grant: TenantGrant,
    { name, role, validDays }: ApiKeyInput,
  ): Promise<Pick<ApiKey, 'id' | 'hint'> & { secret: string }> {
    const { tenantId, principal, requestId } = managingFacts(grant, 'tenant.manage')
    const secret = `${prefix}${randomBytes(32).toString('base64url')}`
    const [id, hint] = [uuidv7() as ApiKeyId, secret.slice(-4)]
    const createdBy = principal.kind === 'user' ? principal.userId : null
    const expiresAt = validDays === null ? null : (sql`now() + make_interval(days => ${validDays})` as never)
    return this.#access.write(async (tx) => {
      await tx.db
        .insert(apiKeys)
        .values({ id, tenantId, name, role, keyHash: hashOf(secret), hint, createdBy, expiresAt })
      const detail = { name, role, validDays }
      await recordAudit(tx, { principal, tenantId, action: 'api_key.created', subject: id, requestId, detail })
      return { id, hint, secret }
    })
  }

  /** Ends it with its next call. Throws FORBIDDEN, TENANT_SUSPENDED, NOT_FOUND for one that is not there or was revoked. */
  revoke(grant: TenantGrant, id: ApiKeyId): Promise<void> {
    const { tenantId, principal, requestId } = managingFacts(grant, 'tenant.manage')
    return this.#access.write(async (tx) => {
      const [revoked] = await tx.db
        .update(apiKeys)
        .set({ revokedAt: sql`now()` as never })
        .where(and(eq(apiKeys.id, id), eq(apiKeys.tenantId, tenantId), isNull(apiKeys.revokedAt)))
        .returning({ name: apiKeys.name })
      if (revoked === undefined) throw new TenantryError('NOT_FOUND')
      await recordAudit(tx, {
        principal,
        tenantId,
        action: 'api_key.revoked',
        subject: id,
        requestId,
        detail: { name: revoked.name },
      })
    })
  }

  /** Undefined for a key that nobody gave, that was revoked or is too old. One query. */
  async resolve(secret: string, { requestId }: { requestId: string }): Promise<KeyHolder | undefined> {
    if (!secret.startsWith(prefix)) return undefined
    const [row] = await this.#access.reader.run(liveKey, { keyHash: hashOf(secret) })
    return row === undefined ? undefined : holderFrom(row, requestId)
  }

  /** That it was used at this minute. */
  async touch(id: ApiKeyId): Promise<void> {
    await this.#access.write((tx) =>
      tx.db
        .update(apiKeys)
        .set({ lastUsedAt: sql`now()` as never })
        .where(eq(apiKeys.id, id)),
    )
  }
}

const shown = {
  id: apiKeys.id,
  name: apiKeys.name,
  role: apiKeys.role,
  hint: apiKeys.hint,
  createdAt: apiKeys.createdAt,
  createdBy: users.name,
  expiresAt: apiKeys.expiresAt,
  lastUsedAt: apiKeys.lastUsedAt,
  revokedAt: apiKeys.revokedAt,
}

function hashOf(secret: string): Uint8Array {
  return createHash('sha256').update(`tenantry api key\0${secret}`).digest()
}
