import type { Fault } from '../fault.ts'

const transaction = 'packages/connections/src/transaction.ts'

/** Taken from the lease: each of these loses, halves or misplaces a write. */
export const connectionFaults: Fault[] = [
  {
    name: 'take every answer to COMMIT for a commit',
    file: transaction,
    find: `if (command === 'COMMIT') return`,
    replace: `if (command !== undefined) return`,
    caughtBy: {
      file: 'packages/connections/src/transaction.test.ts',
      test: 'a swallowed failure of a statement does not pass for a commit',
    },
  },
  {
    name: 'believe that a write of one statement was committed',
    file: 'packages/connections/src/one-statement.ts',
    find: `for (const step of [begun, guarded, answer, end])`,
    replace: `for (const step of [begun, guarded, answer])`,
    caughtBy: {
      file: 'packages/connections/src/one-statement.test.ts',
      test: 'a rule that is only checked at commit is reported as itself',
    },
  },
  {
    name: 'call a commit whose answer was lost a failure',
    file: transaction,
    find: 'throw this.#options.readOnly ? translateFailure(link.dead) : unknownOutcome(link.dead)',
    replace: 'throw unknownOutcome === undefined ? unknownOutcome(link.dead) : translateFailure(link.dead)',
    caughtBy: {
      file: 'packages/connections/src/lost-connections.test.ts',
      test: 'a commit that was made but whose answer was lost is reported as unknown',
    },
  },
  {
    name: 'commit although a statement was not awaited',
    file: transaction,
    find: 'if (pending > 0) throw',
    replace: 'if (pending < 0) throw',
    caughtBy: {
      file: 'packages/connections/src/transaction.test.ts',
      test: 'a statement that was not awaited rolls its transaction back',
    },
  },
  {
    name: 'swallow the error of a callback',
    file: transaction,
    find: 'throw error instanceof LinkLost ? translateFailure(error) : error',
    replace: 'if (error instanceof LinkLost) throw translateFailure(error)\n      return undefined as T',
    caughtBy: {
      file: 'packages/connections/src/transaction.test.ts',
      test: 'a transaction whose callback throws stores nothing, and the error comes out as it is',
    },
  },
  {
    name: 'put what the server says into the message',
    file: 'packages/connections/src/translate.ts',
    find: `'FORBIDDEN' : codeOf(error.code), { detail })`,
    replace: `'FORBIDDEN' : codeOf(error.code), { detail, message: error.message })`,
    caughtBy: {
      file: 'packages/connections/src/secrecy.test.ts',
      test: 'errors speak of codes and names, never of SQL or values',
    },
  },
]
