import type { GrantsRepository, JobsRepository } from '@tenantry/app-db/types'
import type { TenantId } from '@tenantry/contracts/ids'
import type { Payer } from '@tenantry/crm/payer'
import type { PaymentProvider } from '@tenantry/crm/payment-provider'
import { settlePending } from '@tenantry/crm/settle-pending'
import type { DataSources, TenantGrant } from '@tenantry/data-sources'
import type { Logger } from '@tenantry/telemetry/logger'

export interface PaymentNeeds {
  app: { grants: GrantsRepository; jobs: Pick<JobsRepository, 'paymentsSettled'> }
  dataSources: Pick<DataSources, 'withTenantWriter'>
  provider: PaymentProvider
  /** After which nobody comes back for a payment that is pending. Default 5 minutes: no request lives that long. */
  pendingSeconds?: number | undefined
  logger: Logger
}

export const defaultPendingSeconds = 300

const freshMs = 10_000

/** Of one turn; what is left waits for the next one. */
const most = 100

/**
 * One tenant's turn: the provider is asked what became of the payments and refunds that a process or a customer has left
 * pending. A process that dies here leaves them as they are, for the next turn.
 */
export async function settlePayments(
  { app, dataSources, provider, logger, pendingSeconds = defaultPendingSeconds }: PaymentNeeds,
  { tenantId }: { tenantId: TenantId },
  { requestId }: { requestId: string },
): Promise<void> {
  const why = { reason: 'payments that stayed pending', access: 'write', requestId } as const
  let held: { grant: TenantGrant; since: number } | undefined
  // A grant lives for a minute, and the provider may take longer.
  const grant = async () => {
    if (held === undefined || performance.now() - held.since > freshMs)
      held = { grant: await app.grants.forJob('settle payments', tenantId, why), since: performance.now() }
    return held.grant
  }
  const write: Payer['write'] = async (work) => dataSources.withTenantWriter(await grant(), work)
  const { settled, left } = await settlePending({ provider, write }, { olderThanSeconds: pendingSeconds, most })
  if (settled > 0) logger.info({ tenantId, settled, left }, 'Payments that had stayed pending were settled')
  if (left === 0) await app.jobs.paymentsSettled(tenantId, { pendingSeconds })
}
