import type { UserId } from '@tenantry/contracts/ids'
import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import type { Access } from '../access.ts'
import { ensureUser } from './ensure-user.ts'
import { users } from './table.ts'

export interface UserCredential {
  id: UserId
  name: string
  passwordHash: string | null
  status: 'active' | 'disabled'
}

export class UsersRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** For sign-in only: the hash leaves this package to be verified, nowhere else. */
  async findCredential(email: string): Promise<UserCredential | undefined> {
    const [user] = await this.#access.reader.db
      .select({ id: users.id, name: users.name, passwordHash: users.passwordHash, status: users.status })
      .from(users)
      .where(eq(users.email, email.toLowerCase()))
    return user
  }

  /** Throws CONFLICT when the address is taken. */
  create(input: { email: string; name: string; passwordHash: string | null }): Promise<UserId> {
    // A version 7 UUID just made is a UserId once it names a row.
    const id = uuidv7() as UserId
    return this.#access.write(async (tx) => {
      await tx.db.insert(users).values({ ...input, id, email: input.email.toLowerCase() })
      return id
    })
  }

  /** See `ensureUser`; a new person has no password. */
  findOrCreate({ email, name }: { email: string; name: string }): Promise<UserId> {
    return this.#access.write((tx) => ensureUser(tx, { email, name, passwordHash: null }))
  }
}
