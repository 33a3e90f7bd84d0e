import type { Fault } from '../fault.ts'

const migration = 'packages/tenant-db/migrations/0006_support_reads.sql'
const resolving = 'packages/app-db/src/sessions/resolve.ts'
const supportTests = 'packages/app-db/src/support-access/support-access.test.ts'

/** Taken from who runs the installation, and how far into a company that reaches. */
export const supportFaults: Fault[] = [
  {
    name: 'let anybody work by the support access of somebody else',
    file: resolving,
    find: `eq(supportAccess.operatorId, operators.userId), `,
    replace: '',
    caughtBy: { file: supportTests, test: 'nobody works by the support access of somebody else' },
  },
  {
    name: 'let support access outlive its expiry',
    file: 'packages/app-db/src/support-access/rows.ts',
    find: `and(isNull(supportAccess.endedAt), gt(supportAccess.expiresAt, sql\`now()\`))`,
    replace: `and(isNull(supportAccess.endedAt), gt(supportAccess.expiresAt, supportAccess.openedAt))`,
    caughtBy: {
      file: supportTests,
      test: 'the request after its expiry is refused, and none of its grants lives longer',
    },
  },
  {
    name: 'let a grant of support access outlive the access',
    file: resolving,
    find: `endsAt: Date.parse(support.expiresAt),`,
    replace: '',
    caughtBy: {
      file: supportTests,
      test: 'the request after its expiry is refused, and none of its grants lives longer',
    },
  },
  {
    name: 'take a membership for the place of a session that works by support access',
    file: resolving,
    find: `        isNull(sessions.supportAccessId),\n`,
    replace: '',
    caughtBy: { file: supportTests, test: 'nobody works by the support access of somebody else' },
  },
  {
    name: 'give support access the login that serves requests',
    file: resolving,
    find: `login: 'support'`,
    replace: `login: 'serving'`,
    caughtBy: {
      file: supportTests,
      test: 'support access opens the company it was opened for, to read, with the login that can only read',
    },
  },
  {
    name: 'open the console with whatever looks like a pass',
    file: 'packages/app-db/src/operators/pass.ts',
    find: `if (facts === undefined) throw new TenantryError('FORBIDDEN', { detail: { reason: 'the pass is not genuine' } })`,
    replace: `if (facts === undefined) return { principal: { kind: 'operator', name: '', userId: '' as UserId }, requestId: '', expiresAt: Infinity }`,
    caughtBy: {
      file: 'packages/app-db/src/operators/operators.test.ts',
      test: 'a copy, a descendant or a look-alike of a pass opens no console, nor does one kept past its time',
    },
  },
  {
    name: 'renew a login that can only read as one that writes',
    file: migration,
    find: `call crm.grant_reading_rights(member);`,
    replace: `call crm.grant_serving_rights(member);`,
    caughtBy: {
      file: 'packages/tenant-db/src/support-login.test.ts',
      test: 'the renewal after a migration keeps readers readers, reads what is new, and takes back what a hand added',
    },
  },
]
