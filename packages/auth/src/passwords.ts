import { hash, verify } from '@node-rs/argon2'

/**
 * argon2id, the library's default algorithm, with 19 MiB, 2 passes, 1 lane: the first choice of the OWASP Password
 * Storage Cheat Sheet (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id).
 */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password, parameters)
}

/** Without a hash the same work is done against a dummy, so that an unknown user takes as long as a wrong password. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  dummyHash ??= hashPassword('no account has this password')
  const dummy = await dummyHash
  const matches = await verify(passwordHash ?? dummy, password)
  return matches && passwordHash !== null
}

let dummyHash: Promise<string> | undefined
