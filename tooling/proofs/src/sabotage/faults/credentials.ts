import type { Fault } from '../fault.ts'

const sealTests = 'packages/credentials/src/seal.test.ts'
const sealing = 'packages/credentials/src/seal.ts'

/** Taken from the sealing of credentials, and from what keeps them out of the log. */
export const credentialFaults: Fault[] = [
  {
    name: 'accept authentication tags of any length',
    file: 'packages/credentials/src/envelope.ts',
    find: 'tag.length !== tagBytes',
    replace: 'tag.length === 0',
    caughtBy: {
      file: sealTests,
      test: 'a flipped bit, a short tag, an unknown version and plain text are each refused by their own code',
    },
  },
  {
    name: 'seal without binding the value to its tenant and column',
    file: sealing,
    find: `if (found.tenant !== expected.tenant) throw new TenantryError('CREDENTIAL_WRONG_TENANT', { detail })`,
    replace: '',
    caughtBy: { file: sealTests, test: 'a value copied to another tenant or column is refused as such' },
  },
  {
    name: 'seal with the same random bytes each time',
    file: sealing,
    find: 'const iv = randomBytes(ivBytes)',
    replace: 'const iv = randomBytes(ivBytes).fill(0)',
    caughtBy: { file: sealTests, test: 'what was sealed opens, and never looks the same twice' },
  },
  {
    name: 'print secrets',
    file: 'packages/credentials/src/secret.ts',
    find: `toJSON(): string {
    return '[secret]'`,
    replace: `toJSON(): string {
    return this.reveal()`,
    caughtBy: { file: sealTests, test: 'a secret prints nothing of itself' },
  },
  {
    name: 'log fields that are named like a secret',
    file: 'packages/telemetry/src/scrub.ts',
    find: `if (secretKey.test(key)) return '[dropped]'`,
    replace: '',
    caughtBy: {
      file: 'packages/telemetry/src/logger.test.ts',
      test: 'no secret, connection string, statement or value reaches the log by any way in',
    },
  },
]
