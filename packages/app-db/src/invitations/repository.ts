import type { UserId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import { and, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Access } from '../access.ts'
import { recordAudit } from '../audit/record.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'
import { invitations } from './table.ts'

export interface IssuedInvitation {
  /** Once, here: what is kept is a hash of it. */
  token: string
  expiresAt: string
}

/** Whom an open link invites, and where to. */
export interface OpenInvitation {
  companyName: string
  email: string
  name: string
}

export class InvitationsRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /**
   * For operators: a link for somebody who has no password yet, good for seven days and one use. The one issued before is
   * void. Undefined for who has a password: nobody else may choose another one for them. Throws NOT_FOUND.
   */
  issue(
    operatorName: string,
    { slug, userId }: { slug: string; userId: UserId },
  ): Promise<IssuedInvitation | undefined> {
    const token = randomBytes(32).toString('base64url')
    return this.#access.write(async (tx) => {
      const [tenant] = await tx.db.select({ id: tenants.id }).from(tenants).where(eq(tenants.slug, slug))
      // Held until the end, so that of two who issue at once the later one's link is the one that counts.
      const [user] = await tx.db
        .select({ passwordHash: users.passwordHash })
        .from(users)
        .where(eq(users.id, userId))
        .for('update')
      if (tenant === undefined || user === undefined) throw new TenantryError('NOT_FOUND')
      if (user.passwordHash !== null) return undefined
      await tx.db
        .update(invitations)
        .set({ revokedAt: sql`now()` })
        .where(and(eq(invitations.tenantId, tenant.id), eq(invitations.userId, userId), isOpen))
      const [issued] = await tx.db
        .insert(invitations)
        .values({
          id: uuidv7(),
          tenantId: tenant.id,
          userId,
          tokenHash: hashOf(token),
          createdBy: operatorName,
          expiresAt: sql`now() + interval '7 days'`,
        })
        .returning({ expiresAt: invitations.expiresAt })
      await recordAudit(tx, {
        principal: { kind: 'operator', name: operatorName },
        tenantId: tenant.id,
        action: 'invitation.issued',
        subject: userId,
      })
      return { token, expiresAt: issued?.expiresAt ?? '' }
    })
  }

  /** Throws INVITATION_INVALID for a link that was used, was replaced, is too old or never was. */
  async find(token: string): Promise<OpenInvitation> {
    const [found] = await this.#access.reader.db
      .select({ companyName: tenants.name, email: users.email, name: users.name })
      .from(invitations)
      .innerJoin(tenants, and(eq(tenants.id, invitations.tenantId), ne(tenants.status, 'archived')))
      .innerJoin(users, and(eq(users.id, invitations.userId), isNull(users.passwordHash)))
      .where(matches(token))
    if (found === undefined) throw new TenantryError('INVITATION_INVALID')
    return found
  }

  /** Uses the link up and gives the person their password. Throws INVITATION_INVALID like `find`. */
  accept(token: string, passwordHash: string): Promise<{ email: string }> {
    return this.#access.write(async (tx) => {
      const [used] = await tx.db
        .update(invitations)
        .set({ acceptedAt: sql`now()` })
        .where(matches(token))
        .returning({ tenantId: invitations.tenantId, userId: invitations.userId })
      if (used === undefined) throw new TenantryError('INVITATION_INVALID')
      const { tenantId, userId } = used
      const [user] = await tx.db
        .update(users)
        .set({ passwordHash })
        .where(and(eq(users.id, userId), isNull(users.passwordHash), eq(users.status, 'active')))
        .returning({ email: users.email })
      if (user === undefined) throw new TenantryError('INVITATION_INVALID')
      await recordAudit(tx, {
        principal: { kind: 'system', job: 'invitation' },
        tenantId,
        action: 'invitation.accepted',
        subject: userId,
      })
      return user
    })
  }
}

const isOpen = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt))

function matches(token: string) {
  return and(eq(invitations.tokenHash, hashOf(token)), isOpen, gt(invitations.expiresAt, sql`now()`))
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
