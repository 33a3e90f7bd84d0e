import type { GrantsRepository } from '@tenantry/app-db/types'
import type { TenantId } from '@tenantry/contracts/ids'
import type { Keyring } from '@tenantry/credentials/keyring'
import type { DataSources, TenantDb } from '@tenantry/data-sources'
import { TenantryError } from '@tenantry/errors'
import type { FileStore } from '@tenantry/files/store'
import { composeOutgoing } from './compose-outgoing.ts'
import { isFinal, isUnknownRecipient, wordOf } from './mail-failures.ts'
import type { MailTransport } from './transport.ts'

export interface MailNeeds {
  app: { grants: GrantsRepository }
  dataSources: Pick<DataSources, 'withTenant' | 'withTenantWriter'>
  keyring: Keyring
  transport: MailTransport
  /** Where signed contracts are kept; left out, they are drawn anew. */
  files?: FileStore | undefined
  /** Where customers reach the application; links begin with it. */
  origin: string
  /** Called between any two steps, for whoever wants to see what a crash there does. */
  onStep?: (step: MailStep) => void
}

export const mailSteps = ['claimed', 'composed', 'handed over', 'written down'] as const
export type MailStep = (typeof mailSteps)[number]

export interface MailJob {
  tenantId: TenantId
  outboxId: string
}

export interface Attempt {
  number: number
  most: number
  requestId: string
}

/**
 * One attempt to send a mail. Claimed in one transaction, handed over in none, written down in another: a process that dies
 * in between leaves a mail that is tried again, under the same message id and with the same link. So it leaves at least once,
 * and twice only when it died between the server's yes and our note of it. Throws for an attempt that is worth another.
 */
export async function sendMail(needs: MailNeeds, { tenantId, outboxId }: MailJob, attempt: Attempt): Promise<void> {
  const { app, dataSources, onStep } = needs
  const { requestId } = attempt
  const why = { reason: 'a mail in the outbox', access: 'write', requestId } as const
  const grant = () => app.grants.forJob('send mail', tenantId, why)
  const mail = await dataSources.withTenantWriter(await grant(), async (db) => {
    const claimed = await db.outbox.claim(outboxId)
    if (claimed !== undefined && (await isSilenced(db, claimed))) return 'over'
    // Not whether it is written: it may be committed between the two questions, and would be forgotten.
    return claimed ?? ((await db.outbox.isOver(outboxId)) ? 'over' : undefined)
  })
  if (mail === 'over') return
  if (mail === undefined) return assertNeverWritten(attempt)
  onStep?.('claimed')
  try {
    const outgoing = await composeOutgoing({ ...needs, grant: await grant(), files: needs.files?.of(tenantId) }, mail)
    onStep?.('composed')
    await needs.transport.send(outgoing)
  } catch (error) {
    const isOver = attempt.number >= attempt.most || isFinal(error)
    const outcome = { status: isOver ? 'failed' : 'queued', error: wordOf(error) } as const
    await dataSources.withTenantWriter(await grant(), async (db) => {
      await db.outbox.settle(outboxId, outcome)
      if (isUnknownRecipient(error))
        await db.contacts.silence({ kind: 'email', value: mail.recipient, reason: 'bounced' })
    })
    if (isOver) return
    throw new TenantryError('INTERNAL', { message: `A mail could not be handed over: ${outcome.error}.` })
  }
  onStep?.('handed over')
  const sent = { status: 'sent', error: null } as const
  await dataSources.withTenantWriter(await grant(), (db) => db.outbox.settle(outboxId, sent))
  onStep?.('written down')
}

/**
 * A mail to an address to which nothing is to be sent is given up, with the reason as its last error: whoever queued it may not
 * have seen the contact, or its reader has asked for no more since.
 */
async function isSilenced(db: TenantDb, { id, recipient }: Waiting): Promise<boolean> {
  const reason = await db.contacts.whySilent({ kind: 'email', value: recipient })
  if (reason === null) return false
  await db.outbox.settle(id, { status: 'failed', error: reason.toUpperCase() })
  return true
}

type Waiting = NonNullable<Awaited<ReturnType<TenantDb['outbox']['claim']>>>

/** A mail that is not there is not committed yet, or never will be: after some attempts it is certain which. */
function assertNeverWritten({ number }: Attempt): void {
  if (number >= patience) return
  throw new TenantryError('NOT_FOUND', { message: 'There is no such mail yet.' })
}

/** The fifth attempt is made after a minute and a half: no transaction of a request lives that long. */
const patience = 5
