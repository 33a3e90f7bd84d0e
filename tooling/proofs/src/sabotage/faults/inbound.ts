import type { Fault } from '../fault.ts'

const inbound = 'packages/api/src/inbound/inbound.test.ts'
const refused = 'what is not signed for exactly this address is refused like an address that does not exist'
const received = 'packages/tenant-db/src/communications/receive-message.test.ts'

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
    find: '  await executor.run(waitInLine, of)\n',
    replace: '',
    caughtBy: {
      file: received,
      test: 'a message that comes many times at once is written once, and is known even in the bin',
    },
  },
]
