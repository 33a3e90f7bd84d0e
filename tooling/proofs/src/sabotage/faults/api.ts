import type { Fault } from '../fault.ts'

const procedures = 'packages/api/src/procedures.ts'
const procedureTests = 'packages/api/src/procedures.test.ts'
const handlerTests = 'packages/api/src/http/handler.test.ts'

/** Taken from the procedures and from what leaves the process. */
export const apiFaults: Fault[] = [
  {
    name: 'skip the check of permissions',
    file: procedures,
    find: `!roleAllows(role, meta.permission))`,
    replace: `!roleAllows('owner', meta.permission))`,
    caughtBy: {
      file: procedureTests,
      test: 'no database is opened for somebody who may not, or for an input that breaks its contract',
    },
  },
  {
    name: 'commit although the procedure failed',
    file: procedures,
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
]
