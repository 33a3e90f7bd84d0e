import type { AdminRun } from '@tenantry/connections/admin'
import type { Claims } from './claims.ts'
import type { Ledger } from './finding.ts'

/** Every mail that was queued has left, and lies in the mailbox once; nothing else does. */
export async function auditMails(run: AdminRun, ledger: Ledger, { mails }: Claims): Promise<void> {
  const queued = await run<{ id: string; status: string; message: string }>(`select o.id, o.status, c.status as message
    from crm.outbox o join crm.communications c on c.id = o.communication_id`)
  for (const { id, status, message } of queued)
    ledger.compare('mails', `mail ${id}`, { status, message }, { status: 'sent', message: 'sent' })
  ledger.compare(
    'mailbox',
    'the mailbox',
    mails.map((name) => name.split('@', 1)[0] ?? '').toSorted(),
    queued.map(({ id }) => id).toSorted(),
  )
}
