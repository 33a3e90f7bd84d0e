import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { Communication } from '@tenantry/contracts/communications'
import type { RecordLink } from '@tenantry/contracts/record-links'
import { sql } from 'drizzle-orm'
import { linksOf } from '../record-links/links.ts'
import type { Acting } from '../records/acting.ts'
import { createRecord, transactionTime } from '../records/change-record.ts'
import { communicationRecord } from './record.ts'
import { communications } from './table.ts'

export interface ReceivedMessage {
  channel: 'email' | 'sms'
  provider: string
  /** By which its provider knows it. */
  providerMessageId: string
  subject: string | null
  bodyText: string
  threadKey: string | null
  links: readonly RecordLink[]
}

/**
 * Writes down a message that came in, once: undefined for one that is there already, in the bin or not. Two deliveries at
 * the same moment wait for each other.
 */
export async function receiveMessage(acting: Acting, message: ReceivedMessage): Promise<Communication | undefined> {
  const { executor } = acting
  const { provider, providerMessageId, links, ...fields } = message
  await executor.run(waitInLine, { provider, providerMessageId })
  if (await isReceived(executor, { provider, providerMessageId })) return undefined
  const received = await createRecord(acting, communicationRecord, {
    ...fields,
    direction: 'inbound',
    status: 'received',
    occurredAt: await transactionTime(executor),
    links: linksOf(links),
  })
  await executor.run(nameOrigin, { id: received.id, provider, providerMessageId })
  return received
}

/** Whether such a message is there, in the bin or not. Sure only for who has waited in line. */
export async function isReceived(executor: Executor, { provider, providerMessageId }: Origin): Promise<boolean> {
  return (await executor.run(received, { provider, providerMessageId })).length > 0
}

/** By what a second delivery of a message is known. */
export type Origin = Pick<ReceivedMessage, 'provider' | 'providerMessageId'>

/** Asked in line with others who ask the same, until the transaction ends. */
const waitInLine = statement<Origin, { waited: string }>((db) =>
  db.execute<{ waited: string }>(sql`
    select pg_advisory_xact_lock(hashtextextended(crm.current_tenant()::text || ' ' || ${sql.placeholder('provider')}::text
      || ' ' || ${sql.placeholder('providerMessageId')}::text, 0))::text as waited`),
)

const received = statement<Origin, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    select id from ${communications} where provider = ${sql.placeholder('provider')}
      and provider_message_id = ${sql.placeholder('providerMessageId')}`),
)

const nameOrigin = statement<Origin & { id: string }, never>((db) =>
  db.execute(sql`
    update ${communications} set provider = ${sql.placeholder('provider')},
      provider_message_id = ${sql.placeholder('providerMessageId')} where id = ${sql.placeholder('id')}::uuid`),
)
