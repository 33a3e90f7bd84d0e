import type { AttachmentInput } from '@tenantry/contracts/attachments'
import type { Communication } from '@tenantry/contracts/communications'
import type { InboundMessage } from '@tenantry/contracts/inbound'
import type { RecordLink } from '@tenantry/contracts/record-links'
import { Email, PhoneE164 } from '@tenantry/contracts/scalars'
import type { TenantDb } from '@tenantry/tenant-db/types'

/** Of people and companies with the same address, so many are linked. */
const mostOfAKind = 5

/** Of files that were not kept, so many are named. */
const mostNamed = 20

/** What became of the files that came along. */
export interface ReceivedFiles {
  /** Are stored already. */
  kept: Omit<AttachmentInput, 'links' | 'communicationId'>[]
  refused: { fileName: string; reason: string }[]
}

/**
 * Writes down a message that came in: with the contacts and companies that are reached at its sender, and with whatever the
 * mail was about that it answers. One that nobody is known for is kept without links. Its files are about the same, and those
 * that were not kept stand in its text. What it says of what may be sent is remembered with the contacts. Undefined for one
 * that was received before.
 */
export async function receiveMessage(
  db: TenantDb,
  message: InboundMessage,
  files: ReceivedFiles = { kept: [], refused: [] },
): Promise<Communication | undefined> {
  const answered = await db.outbox.answeredBy(message.answers.flatMap(outboxIdIn))
  const about = answered === undefined ? [] : (await db.communications.byId(answered)).links
  const links = once([...about, ...(await sendersOf(db, message))])
  const received = await db.communications.receive({
    channel: message.kind === 'mail' ? 'email' : 'sms',
    provider: message.provider,
    providerMessageId: message.messageId,
    subject: message.subject,
    bodyText: bodyOf(message, files),
    threadKey: answered ?? null,
    links,
  })
  if (received === undefined) return undefined
  await heed(db, message)
  for (const file of files.kept) await db.attachments.create({ ...file, links, communicationId: received.id })
  return received
}

/** A bounce counts only for a mail that was sent to that address: anybody can write to us that an address is none. */
async function heed(db: TenantDb, { kind, from, consent, bounced, answers }: InboundMessage): Promise<void> {
  if (consent !== null) {
    const mark = { kind: kind === 'mail' ? 'email' : 'phone', value: from, reason: 'opted_out' } as const
    await (consent === 'withdrawn' ? db.contacts.silence(mark) : db.contacts.welcome(mark))
  }
  if (bounced === null || !(await db.outbox.bounced(answers.flatMap(outboxIdIn), bounced))) return
  await db.contacts.silence({ kind: 'email', value: bounced, reason: 'bounced' })
}

async function sendersOf(db: TenantDb, { kind, from }: InboundMessage): Promise<RecordLink[]> {
  const email = kind === 'mail' ? (Email.safeParse(from.toLowerCase()).data ?? null) : null
  const phone = kind === 'sms' ? (PhoneE164.safeParse(from).data ?? null) : null
  if (email === null && phone === null) return []
  const { contacts, accounts } = await db.duplicates.like({ company: null, person: null, email, phone })
  return [
    ...contacts.slice(0, mostOfAKind).map(({ id }) => ({ entity: 'contact' as const, id })),
    ...accounts.slice(0, mostOfAKind).map(({ id }) => ({ entity: 'account' as const, id })),
  ]
}

/** Our mails are called `<id in the outbox>@<our host>`; whose outbox it is asked of follows from the address alone. */
function outboxIdIn(messageId: string): string[] {
  const [, id] = /^<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/i.exec(messageId.trim()) ?? []
  return id === undefined ? [] : [id]
}

function once(links: readonly RecordLink[]): RecordLink[] {
  return [...new Map(links.map(({ entity, id }) => [`${entity} ${id}`, { entity, id }])).values()].slice(0, 20)
}

/** From whom it is must be read even where nobody is known by that address, and what is missing even where it is not missed. */
function bodyOf({ from, to, text, undelivered }: InboundMessage, { refused }: ReceivedFiles): string {
  const named = refused.slice(0, mostNamed).map(({ fileName, reason }) => `${fileName} (${reason})`)
  const unnamed = refused.length - named.length + undelivered
  const missing = [...named, ...(unnamed === 0 ? [] : [named.length === 0 ? `${unnamed}` : `${unnamed} more`])]
  const files = missing.length === 0 ? '' : `\nFiles that were not kept: ${missing.join(', ')}`
  return `From: ${from}\nTo: ${to}${files}\n\n${text}`.replaceAll('\0', '').slice(0, 100_000)
}
