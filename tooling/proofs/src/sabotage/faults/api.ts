import type { Fault } from '../fault.ts'

const surroundings = 'packages/api/src/procedures/surroundings'
const procedureTests = 'packages/api/src/procedures/procedures.test.ts'
const restTests = 'packages/api/src/rest/rest.test.ts'
const handlerTests = 'packages/api/src/http/handler.test.ts'

/** Taken from the procedures and from what leaves the process. */
export const apiFaults: Fault[] = [
  {
    name: 'skip the check of permissions',
    file: `${surroundings}/admission.ts`,
    find: `!roleAllows(role, meta.permission))`,
    replace: `!roleAllows('owner', meta.permission))`,
    caughtBy: {
      file: procedureTests,
      test: 'no database is opened for somebody who may not, or for an input that breaks its contract',
    },
  },
  {
    name: 'let a key do what only people may',
    file: 'packages/contracts/src/api-keys.ts',
    find: 'return roleAllows(role, permission) && !deniedToKeys.includes(permission)',
    replace: 'return roleAllows(role, permission)',
    caughtBy: {
      file: restTests,
      test: 'a key may do what its role may, and nothing about the company itself, whatever its role',
    },
  },
  {
    name: 'let whoever changes records change how the company works',
    file: 'packages/api/src/record-procedures.ts',
    find: 'writingOf({ permission, requires })',
    replace: `writingOf({ permission: 'records.write', requires })`,
    caughtBy: {
      file: 'packages/api/src/settings.test.ts',
      test: 'among many fields the one whose option a record holds keeps it, and none is anybody’s to change who manages nothing',
    },
  },
  {
    name: 'keep the half of a row that is refused among many',
    file: 'packages/crm/src/bulk/each-row.ts',
    find: 'await tenantDb.transaction((part) => work(part, row))',
    replace: 'await work(tenantDb, row)',
    caughtBy: {
      file: 'packages/api/src/settings.test.ts',
      test: 'the default pipeline stays when all of them are to be removed',
    },
  },
  {
    name: 'let a spreadsheet run what a customer is called',
    file: 'packages/api/src/files/csv.ts',
    find: 'escape_formulas: true',
    replace: 'escape_formulas: false',
    caughtBy: { file: 'packages/api/src/files/exports.test.ts', test: 'what a spreadsheet would run is made a text' },
  },
  {
    name: 'import a cell with the apostrophe that an export has put before it',
    file: 'packages/crm/src/imports/read-table.ts',
    find: '.map(withoutApostrophe)',
    replace: '',
    caughtBy: {
      file: 'packages/api/src/files/imports.test.ts',
      test: 'what an export has written is read as it was, whatever a text begins with',
    },
  },
  {
    name: 'export a text that begins with an apostrophe as if it had got it from us',
    file: 'packages/api/src/files/csv.ts',
    find: ', string: guardApostrophe',
    replace: '',
    caughtBy: {
      file: 'packages/api/src/files/imports.test.ts',
      test: 'what an export has written is read as it was, whatever a text begins with',
    },
  },
  {
    name: 'let whoever only reads take whole lists away',
    file: 'packages/api/src/routers/exports.ts',
    find: "permission: 'records.export'",
    replace: "permission: 'records.see'",
    caughtBy: {
      file: 'packages/api/src/files/exports.test.ts',
      test: 'whoever only reads goes on reading, and takes no list away, nor does a program in their place',
    },
  },
  {
    name: 'go on serving a revoked key',
    file: 'packages/app-db/src/api-keys/resolve.ts',
    find: 'isNull(apiKeys.revokedAt),',
    replace: 'sql`true`,',
    caughtBy: {
      file: restTests,
      test: 'no key at all, a made-up one, a revoked one, one that is too old: each is refused, and nothing is told',
    },
  },
  {
    name: 'revoke the keys of other companies',
    file: 'packages/app-db/src/api-keys/repository.ts',
    find: 'and(eq(apiKeys.id, id), eq(apiKeys.tenantId, tenantId), isNull(apiKeys.revokedAt))',
    replace: 'and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt))',
    caughtBy: {
      file: restTests,
      test: 'keys are managed by whoever manages the company, and nobody sees a key or its hash again',
    },
  },
  {
    name: 'commit although the procedure failed',
    file: `${surroundings}/surrounded.ts`,
    find: 'if (!result.ok) throw unwrap(result.error)',
    replace: 'if (!result.ok && unwrap === undefined) throw result.error',
    caughtBy: {
      file: procedureTests,
      test: 'a conflict inside a mutation is thrown inside its transaction, as the repository threw it',
    },
  },
  {
    name: 'let a page of another site call',
    file: 'packages/api/src/http/same-site.ts',
    find: `if (origin !== undefined && origin !== ownOrigin) throw new TenantryError('CROSS_SITE_REQUEST')`,
    replace: `if (origin === ownOrigin) return`,
    caughtBy: { file: handlerTests, test: 'another site cannot act for the person who is signed in' },
  },
  {
    name: 'let answers be cached',
    file: 'packages/api/src/http/answers.ts',
    find: `'cache-control': 'private, no-store',`,
    replace: `'cache-control': 'public, max-age=60',`,
    caughtBy: { file: handlerTests, test: 'answers a query with its data, uncacheable and with a request id' },
  },
  {
    name: 'serve batches of any size',
    file: 'packages/api/src/http/read-calls.ts',
    find: 'if (paths.length > limits.maxBatch) throw',
    replace: 'if (paths.length < 0) throw',
    caughtBy: { file: handlerTests, test: 'refuses a batch of more than twenty calls before any of them runs' },
  },
  {
    name: 'tell strangers what went wrong inside',
    file: 'packages/api/src/errors/translate.ts',
    find: `return new TenantryError('INTERNAL', { cause: error })`,
    replace: `return new TenantryError('INTERNAL', { cause: error, message: String(error) })`,
    caughtBy: {
      file: handlerTests,
      test: 'an unknown failure says INTERNAL and a request id, and nothing of its cause',
    },
  },
  {
    name: 'serve procedures that do not say what they answer with',
    file: 'packages/api/src/procedure-index.ts',
    find: 'if (meta.output === undefined)',
    replace: 'if (false as boolean)',
    caughtBy: {
      file: 'packages/api/src/procedure-index.test.ts',
      test: 'a router with a procedure that does not say what it answers with cannot be served',
    },
  },
]
