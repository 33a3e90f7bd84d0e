import type { Fault } from '../fault.ts'

const sessions = 'packages/app-db/src/sessions/repository.ts'
const resolving = 'packages/app-db/src/sessions/resolve.ts'
const authTests = 'packages/auth/src/auth.test.ts'
const appDbTests = 'packages/app-db/src/app-db.test.ts'

/** Taken from who is who, and who may work where. */
export const sessionFaults: Fault[] = [
  {
    name: 'skip the membership check when a session is read',
    file: resolving,
    find: `        eq(memberships.status, 'active'),\n        isNull(sessions.supportAccessId)`,
    replace: `        isNull(sessions.supportAccessId)`,
    caughtBy: {
      file: appDbTests,
      test: 'an admin manages members but makes and unmakes no owner; a removed member has no grant on the next request',
    },
  },
  {
    name: 'skip the membership check when the tenant is switched',
    file: sessions,
    find: `if (member === undefined) throw new TenantryError('FORBIDDEN')`,
    replace: '',
    caughtBy: { file: authTests, test: 'switching needs a membership there' },
  },
  {
    name: 'let a signed-out session live on',
    file: resolving,
    find: `isNull(sessions.endedAt), `,
    replace: '',
    caughtBy: {
      file: authTests,
      test: 'a signed-out cookie is nobody at once; signing out everywhere ends the other sessions too',
    },
  },
  {
    name: 'give a suspended tenant a grant that writes',
    file: resolving,
    find: `access: tenantStatus === 'active' ? 'write' : 'read'`,
    replace: `access: 'write'`,
    caughtBy: { file: appDbTests, test: 'a suspended tenant is only read, an archived one gives no grant' },
  },
  {
    name: 'answer at once for users who do not exist',
    file: 'packages/auth/src/sign-in.ts',
    find: `const matches = await verifyPassword(user?.passwordHash ?? null, password)`,
    replace: `const matches = user !== undefined && (await verifyPassword(user.passwordHash, password))`,
    caughtBy: {
      file: authTests,
      test: 'an unknown user and a wrong password get the same answer, and for both a hash is verified',
    },
  },
  {
    name: 'count no sign-in attempts',
    file: 'packages/auth/src/throttle.ts',
    find: 'if (failures <= limit) continue',
    replace: 'if (failures > 0 * limit) continue',
    caughtBy: {
      file: authTests,
      test: 'too many attempts are throttled with a time to wait, also after a restart and with the right password',
    },
  },
  {
    name: 'remove authTagLength where cookies are opened',
    file: 'packages/auth/src/session-cookie.ts',
    find: `, { authTagLength: 16 })`,
    replace: `)`,
    caughtBy: { file: authTests, test: 'a forged, foreign, expired or missing cookie is nobody' },
  },
  {
    name: 'accept a cookie whose tag does not match',
    file: 'packages/auth/src/session-cookie.ts',
    find: `Buffer.concat([decipher.update(fromBase64(ciphertext)), decipher.final()])`,
    replace: `decipher.update(fromBase64(ciphertext))`,
    caughtBy: { file: authTests, test: 'a forged, foreign, expired or missing cookie is nobody' },
  },
]
