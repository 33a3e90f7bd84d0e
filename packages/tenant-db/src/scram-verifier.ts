import { createHash, createHmac, pbkdf2, pbkdf2Sync, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

/**
 * What Postgres stores for a password (RFC 5803), so that a role is made without its password ever standing in a
 * statement, a server log or pg_stat_activity. For passwords of ASCII letters and signs, which need no SASLprep.
 */
export function scramVerifier(password: string, salt = randomBytes(16), iterations = defaultIterations): string {
  return verifierOf(pbkdf2Sync(password, salt, iterations, 32, 'sha256'), salt, iterations)
}

/** The same, on another thread: a millisecond of work. */
export async function scramVerifierAhead(password: string): Promise<string> {
  const salt = randomBytes(16)
  return verifierOf(await stretch(password, salt, defaultIterations, 32, 'sha256'), salt, defaultIterations)
}

const defaultIterations = 4096
const stretch = promisify(pbkdf2)

function verifierOf(salted: Buffer, salt: Buffer, iterations: number): string {
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  const storedKey = createHash('sha256').update(clientKey).digest('base64')
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`
}
