import type { Fault } from '../fault.ts'

const post = 'packages/worker/src/webhooks/post.test.ts'
const messages = 'packages/tenant-db/src/webhooks/webhooks.test.ts'
const managing = 'packages/api/src/webhooks.test.ts'

/** Taken from webhooks. */
export const webhookFaults: Fault[] = [
  {
    name: 'webhooks: close a worker before the queue knows which jobs have ended',
    file: 'packages/worker/src/open-worker.ts',
    find: '    preset: { plugins: [jobsEnded] },\n',
    replace: '    preset: { plugins: jobsEnded.name === "" ? [jobsEnded] : [] },\n',
    caughtBy: {
      file: 'tooling/proofs/src/webhook-kills/webhook-kills.test.ts',
      test: 'a worker that is closed in the middle of turns leaves no job behind, and no queue that waits for it',
    },
  },
  {
    name: 'webhooks: go wherever a name leads',
    file: 'packages/worker/src/webhooks/post.ts',
    find: '!addresses.every(({ address }) => mayReach(address))',
    replace: 'addresses.length === 0',
    caughtBy: { file: post, test: 'a name that leads to ["127.0.0.1"] is refused' },
  },
  {
    name: 'webhooks: take a number for an address of the internet',
    file: 'packages/worker/src/webhooks/post.ts',
    find: 'if (isIP(host) !== 0 && !mayReach(host))',
    replace: 'if (isIP(host) === 9)',
    caughtBy: {
      file: post,
      test: 'a number that leads to this machine, as 127.0.0.1, is refused before anybody is connected to',
    },
  },
  {
    name: 'webhooks: speak without TLS to the internet',
    file: 'packages/worker/src/webhooks/post.ts',
    find: "(protocol === 'https:' && isPublic(address))",
    replace: 'isPublic(address) || protocol === address',
    caughtBy: { file: post, test: 'without TLS only a network that was allowed is reached' },
  },
  {
    name: 'webhooks: find endpoints of other companies',
    file: 'packages/app-db/src/webhooks/repository.ts',
    find: 'return and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.tenantId, tenantId))',
    replace: 'return and(eq(webhookEndpoints.id, id), tenantId === undefined ? undefined : undefined)',
    caughtBy: {
      file: managing,
      test: 'an endpoint of another company is found by nobody, in the same database or elsewhere, and keys manage none',
    },
  },
  {
    name: 'webhooks: bind a secret to no row',
    file: 'packages/credentials/src/seal.ts',
    find: "tableOf[column] === 'tenants' ? [] : [rowId]",
    replace: 'tableOf[column] === rowId ? [] : []',
    caughtBy: {
      file: managing,
      test: 'the secret of an endpoint of alder is shown once, kept sealed for its row alone, and rotated with the old one still valid',
    },
  },
  {
    name: 'webhooks: tell everybody everything',
    file: 'packages/tenant-db/src/webhooks/repository.ts',
    find: 'events === null || events.includes(type)',
    replace: 'events === null || events.length > 0',
    caughtBy: {
      file: messages,
      test: 'each change is told once to each endpoint that has chosen it, with the record and the fields and no value',
    },
  },
  {
    name: 'webhooks: let a late word undo a delivery',
    file: 'packages/tenant-db/src/webhooks/statements.ts',
    find: " and status <> 'delivered' returning id",
    replace: ' returning id',
    caughtBy: {
      file: messages,
      test: 'a delivered message is over, a late word changes nothing, and sent again it is the same message',
    },
  },
]
