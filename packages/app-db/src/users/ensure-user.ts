import type { Executor } from '@tenantry/connections/database'
import type { UserId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { users } from './table.ts'

/** Whoever has the address already, be it since a moment ago by somebody else's doing; otherwise a new person. */
export async function ensureUser(
  tx: Executor,
  { email, name, passwordHash }: { email: string; name: string; passwordHash: string | null },
): Promise<UserId> {
  const made = { id: uuidv7() as UserId, email: email.toLowerCase(), name, passwordHash }
  await tx.db.insert(users).values(made).onConflictDoNothing({ target: users.email })
  const [user] = await tx.db.select({ id: users.id }).from(users).where(eq(users.email, made.email))
  if (user === undefined) throw new TenantryError('CONFLICT')
  return user.id
}
