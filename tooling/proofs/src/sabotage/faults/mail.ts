import type { Fault } from '../fault.ts'
import { newestMigrationWith } from '../newest-migration.ts'

const silence = 'packages/tenant-db/src/contacts/silence.test.ts'
const typedAgain = 'an address that its contact has no more stays marked, and whoever gets it is marked with it'
const carried = 'new.opted_out_at := coalesce(new.opted_out_at, known.opted_out_at);'
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
    name: 'mail: queue a mail to an address that came back',
    file: 'packages/api/src/mail-desk.ts',
    find: '      await assertWelcome(db, to)\n',
    replace: '',
    caughtBy: {
      file: 'packages/api/src/inbound/inbound.test.ts',
      test: 'an address to which a mail of ours came back gets no other; that one came back is believed of our own mails alone',
    },
  },
  {
    name: 'mail: send one to whoever has opted out since it was queued',
    file: 'packages/worker/src/send-mail.ts',
    find: "if (claimed !== undefined && (await isSilenced(db, claimed))) return 'over'",
    replace: '',
    caughtBy: {
      file: 'tooling/proofs/src/mail-kills/mail-kills.test.ts',
      test: 'nothing leaves to an address whose reader has opted out since, and one that its server does not know is remembered',
    },
  },
  {
    name: 'mail: leave out of history that a mark went with its address',
    file: 'packages/tenant-db/src/contacts/record.ts',
    find: 'return { silenced: silencedAmong(before.points).filter((one) => kept.has(pointKey(one))) }',
    replace: 'return kept.size < 0 ? { silenced: [] } : {}',
    caughtBy: { file: silence, test: typedAgain },
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
  {
    name: 'mail: forget the mark of an address that is typed in again',
    file: newestMigrationWith('tenant-db', carried),
    find: carried,
    replace: '',
    caughtBy: { file: silence, test: typedAgain },
  },
  {
    name: 'mail: lift the mark that an address has just brought along',
    file: 'packages/tenant-db/src/contacts/replace-reach.ts',
    find: 'when not ${names(givenLifted, reason)} then ${column} end',
    replace: 'end',
    caughtBy: { file: silence, test: typedAgain },
  },
  {
    name: 'mail: ask of an address only who has it now',
    file: 'packages/tenant-db/src/contacts/silence.ts',
    find: 'if (silent?.isKept !== true) return null',
    replace: 'if (silent !== undefined) return null',
    caughtBy: { file: silence, test: typedAgain },
  },
  {
    name: 'mail: offer something to who is not to be contacted',
    file: 'packages/api/src/mail-desk.ts',
    find: "if (document.kind === 'quote' && !askedFor) await assertMayBeOffered(db, document, to)",
    replace: '',
    caughtBy: {
      file: 'packages/api/src/inbound/inbound.test.ts',
      test: 'an offer goes to who is not to be contacted only if they asked for it, and what they owe goes in any case',
    },
  },
]
