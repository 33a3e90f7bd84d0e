import type { PaymentProvider } from '@tenantry/crm/payment-provider'
import type { MailTokens } from '../mail-desk.ts'
import type { MemberProjection } from '../member-projection.ts'
import type { AppDb, Auth, DataSources, FileStore, Logger } from '../planes.ts'
import type { Sealer } from '../sealer.ts'
import type { TenantStates } from '../tenant-states.ts'

/**
 * What procedures are made from. Routers never hold it: only `surroundings` can tell what the ticket in a context stands for,
 * and lint lets nobody but the kinds of procedures in there.
 */
export interface Services {
  appDb: AppDb
  auth: Auth
  dataSources: DataSources
  memberProjection: MemberProjection
  paymentProvider: PaymentProvider
  files: FileStore
  mailTokens: MailTokens
  /** For the secrets of webhooks. */
  sealer: Sealer
  /** Whether webhooks may go where there is no TLS, within the networks that were allowed. */
  allowsPlainWebhooks: boolean
  /** Undefined where nobody has brought it: then the console cannot suspend. */
  tenantStates: TenantStates | undefined
  logger: Logger
}
