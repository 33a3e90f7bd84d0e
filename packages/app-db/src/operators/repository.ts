import type { UserId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import { asc, eq } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { recordAudit } from '../audit/record.ts'
import { users } from '../users/table.ts'
import { operators } from './table.ts'

export interface Operator {
  userId: UserId
  email: string
  name: string
  addedAt: string
  addedBy: string
}

/** Makes and unmakes operators, from the command line only: nothing that serves requests has this repository. */
export class OperatorsRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  list(): Promise<Operator[]> {
    return this.#access.reader.db
      .select({
        userId: operators.userId,
        email: users.email,
        name: users.name,
        addedAt: operators.addedAt,
        addedBy: operators.addedBy,
      })
      .from(operators)
      .innerJoin(users, eq(users.id, operators.userId))
      .orderBy(asc(users.email))
  }

  /** In force from the person's next request on. Throws NOT_FOUND, CONFLICT for somebody who is one. */
  add(byWhom: string, email: string): Promise<void> {
    return this.#access.write(async (tx) => {
      const [user] = await tx.db.select({ id: users.id }).from(users).where(eq(users.email, email.toLowerCase()))
      if (user === undefined) throw noSuchUser()
      const added = await tx.db
        .insert(operators)
        .values({ userId: user.id, addedBy: byWhom })
        .onConflictDoNothing()
        .returning({ userId: operators.userId })
      if (added.length === 0) throw new TenantryError('CONFLICT', { message: 'This person is an operator already.' })
      const principal = { kind: 'operator', name: byWhom } as const
      await recordAudit(tx, { principal, tenantId: null, action: 'operator.added', subject: user.id })
    })
  }

  /** Ends the console, and every support access of theirs, with the person's next request. Throws NOT_FOUND. */
  remove(byWhom: string, email: string): Promise<void> {
    return this.#access.write(async (tx) => {
      const [user] = await tx.db.select({ id: users.id }).from(users).where(eq(users.email, email.toLowerCase()))
      if (user === undefined) throw noSuchUser()
      const removed = await tx.db
        .delete(operators)
        .where(eq(operators.userId, user.id))
        .returning({ userId: operators.userId })
      if (removed.length === 0) throw new TenantryError('NOT_FOUND', { message: 'This person is no operator.' })
      const principal = { kind: 'operator', name: byWhom } as const
      await recordAudit(tx, { principal, tenantId: null, action: 'operator.removed', subject: user.id })
    })
  }
}

function noSuchUser(): TenantryError {
  return new TenantryError('NOT_FOUND', { message: 'Nobody has an account with this e-mail address.' })
}
