import type { Fault } from '../fault.ts'

const failures = 'packages/worker/src/mail-failures.test.ts'

/** Taken from mails to customers. */
export const mailFaults: Fault[] = [
  {
    name: 'mail: take one that was missed for one that is over',
    file: 'packages/tenant-db/src/outbox/repository.ts',
    find: `mail?.status === 'sent' || mail?.status === 'failed'`,
    replace: 'mail !== undefined',
    caughtBy: {
      file: 'packages/tenant-db/src/outbox/outbox.test.ts',
      test: 'a mail that has left is taken in hand by nobody, and a late word about it changes nothing',
    },
  },
  {
    name: 'mail: take a mail in hand that has left',
    file: 'packages/tenant-db/src/outbox/statements.ts',
    find: " and ${outbox.status} in ('queued', 'sending')",
    replace: '',
    caughtBy: {
      file: 'packages/tenant-db/src/outbox/outbox.test.ts',
      test: 'a mail that has left is taken in hand by nobody, and a late word about it changes nothing',
    },
  },
  {
    name: 'mail: ask a server again that refuses for good',
    file: 'packages/worker/src/mail-failures.ts',
    find: 'responseCode >= 500',
    replace: 'responseCode >= 900',
    caughtBy: {
      file: failures,
      test: 'a server that refuses for good is not asked again, one that is busy or away is',
    },
  },
  {
    name: 'mail: write down what a server says',
    file: 'packages/worker/src/mail-failures.ts',
    find: ' && /^[A-Z_]{1,40}$/.test(code)',
    replace: '',
    caughtBy: {
      file: failures,
      test: 'what is written down is a word and a number, and never what a server says',
    },
  },
  {
    name: 'mail: give each attempt a file of its own',
    file: 'packages/worker/src/transport.ts',
    find: 'const place = join(folder, `${mail.messageId',
    replace: 'const place = join(folder, `${performance.now()}${mail.messageId',
    caughtBy: {
      file: 'packages/worker/src/transport.test.ts',
      test: 'a mail that is sent twice under one name is one file, the later one',
    },
  },
]
