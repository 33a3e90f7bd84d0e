import type { Fault } from '../fault.ts'

const migration = 'packages/tenant-db/migrations/0022_groups_of_logins.sql'
const resolving = 'packages/app-db/src/sessions/resolve.ts'
const apiTests = 'packages/api/src/support-access.test.ts'
const loginTests = 'packages/data-sources/src/support-login.test.ts'
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
    name: 'let everybody into the console',
    file: resolving,
    find: `operatorPass: row.operatorId === null ? null : mintPass({ principal: operator, requestId }),`,
    replace: `operatorPass: mintPass({ principal: operator, requestId }),`,
    caughtBy: {
      file: apiTests,
      test: 'no role of a company opens the console, and being an operator opens no company',
    },
  },
  {
    name: 'read for support through the login that serves requests',
    file: 'packages/data-sources/src/config.ts',
    find: `return { user: record.support.role, sealed: record.support.sealedKey, column: 'data_source_support_key' }`,
    replace: `return { user: servingRole, sealed: record.sealedAnonKey, column: 'data_source_anon_key' }`,
    caughtBy: { file: loginTests, test: 'reads through the role that can only read, and through no other' },
  },
  {
    name: 'take any login for one that can only read',
    file: 'packages/data-sources/src/pool-opener.ts',
    find: `if (login === 'support') await proveReadsOnly(link)`,
    replace: `if (login !== 'support' && login !== 'serving') await proveReadsOnly(link)`,
    caughtBy: { file: loginTests, test: 'is refused where its login can do more than read' },
  },
  {
    name: 'lend support access a connection of those who work there',
    file: 'packages/data-sources/src/config.ts',
    find: `return login === 'serving' ? tenantId : \`\${tenantId} \${login}\``,
    replace: `return login === 'serving' ? tenantId : tenantId`,
    caughtBy: { file: loginTests, test: 'lends no connection of the role that writes, however warm its pool is' },
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
    find: `call crm.grant_reading_rights(holder);`,
    replace: `call crm.grant_serving_rights(holder);`,
    caughtBy: {
      file: 'packages/tenant-db/src/support-login.test.ts',
      test: 'the renewal after a migration keeps readers readers, reads what is new, and takes back what a hand added',
    },
  },
]
