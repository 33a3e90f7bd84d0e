import type { Fault } from '../fault.ts'
import { newestMigrationWith } from '../newest-migration.ts'

const inbound = 'packages/api/src/inbound/inbound.test.ts'
const refused = 'what is not signed for exactly this address is refused like an address that does not exist'
const filed =
  'the files of a mail are its attachments, once, for whoever may read the mail; a refused one is named in it'
const received = 'packages/tenant-db/src/communications/receive-message.test.ts'

const filesOfMessages =
  'ALTER POLICY "row_access_select" ON "crm"."attachments" TO public USING (case when communication_id is null'

/** Taken from messages that come in. */
export const inboundFaults: Fault[] = [
  {
    name: 'inbound: take what is not signed',
    file: 'packages/api/src/inbound/handler.ts',
    find: '!(await adapter.isSigned(delivery, secret)) || opened === undefined',
    replace: 'opened === undefined',
    caughtBy: { file: inbound, test: refused },
  },
  {
    name: 'inbound: believe anybody that an address is none',
    file: 'packages/tenant-db/src/outbox/statements.ts',
    find: "      and lower(o.recipient) = lower(${sql.placeholder('address')}) order by o.id`),",
    replace: "      and ${sql.placeholder('address')}::text is not null order by o.id`),",
    caughtBy: {
      file: inbound,
      test: 'an address to which a mail of ours came back gets no other; that one came back is believed of our own mails alone',
    },
  },
  {
    name: 'inbound: take a delivery at an address of another kind',
    file: 'packages/app-db/src/inbound-addresses/repository.ts',
    find: 'eq(inboundAddresses.kind, kind), ',
    replace: '',
    caughtBy: { file: inbound, test: refused },
  },
  {
    name: 'inbound: find addresses of other companies',
    file: 'packages/app-db/src/inbound-addresses/repository.ts',
    find: 'return and(eq(inboundAddresses.id, id), eq(inboundAddresses.tenantId, tenantId))',
    replace: 'return and(eq(inboundAddresses.id, id), tenantId === undefined ? undefined : undefined)',
    caughtBy: {
      file: inbound,
      test: 'an address belongs to its company: nobody else changes it, its secret is sealed, and a new one ends the old',
    },
  },
  {
    name: 'inbound: leave fields out of what Twilio signs',
    file: 'packages/api/src/inbound/twilio.ts',
    find: 'so + name + value, url)',
    replace: 'so + name, url)',
    caughtBy: {
      file: inbound,
      test: 'Twilio’s own signature is taken, of the address and every field, and its message comes once',
    },
  },
  {
    name: 'inbound: take a signature of Mailgun for ever',
    file: 'packages/api/src/inbound/mailgun.ts',
    find: '<= toleranceSeconds',
    replace: '<= toleranceSeconds * 1e6',
    caughtBy: {
      file: inbound,
      test: 'a mail that Mailgun brings is read with its sender, and its signature counts for a few minutes',
    },
  },
  {
    name: 'inbound: do not wait in line with the same message',
    file: 'packages/tenant-db/src/communications/receive-message.ts',
    find: '  await executor.run(waitInLine, { provider, providerMessageId })\n',
    replace: '',
    caughtBy: {
      file: received,
      test: 'a message that comes many times at once is written once, and is known even in the bin',
    },
  },
  {
    name: 'inbound: keep the files of a message that was there already',
    file: 'packages/api/src/inbound/receive.ts',
    find: '  if (written === undefined) await forgetFiles(files, received)\n',
    replace: '',
    caughtBy: { file: inbound, test: filed },
  },
  {
    name: 'inbound: show the files of a message to whoever sees other files',
    file: newestMigrationWith('tenant-db', filesOfMessages),
    find: filesOfMessages,
    replace: 'ALTER POLICY "row_access_select" ON "crm"."attachments" TO public USING (case when true',
    caughtBy: {
      file: 'packages/tenant-db/src/attachments/messages.test.ts',
      test: 'a file of a message is read by whoever reads the message and by nobody else, whatever limits other files',
    },
  },
  {
    name: 'inbound: lose the files of messages from the list of a limited member',
    file: 'packages/tenant-db/src/row-access/own-rows.ts',
    find: 'if (others.length === 0) return ofPeople',
    replace: 'if (others.length >= 0) return ofPeople',
    caughtBy: {
      file: 'packages/tenant-db/src/attachments/messages.test.ts',
      test: 'a file of a message is read by whoever reads the message and by nobody else, whatever limits other files',
    },
  },
  {
    name: 'inbound: hold any number of bodies at a time',
    file: 'packages/api/src/inbound/held-bodies.ts',
    find: 'if (this.#bytes + more > this.#mostBytes)',
    replace: 'if (more > this.#mostBytes)',
    caughtBy: {
      file: inbound,
      test: 'deliveries that are still arriving hold so much memory and no more, and what is over is let go',
    },
  },
]
