import { accessWithin, type Access } from './access.ts'
import { ApiKeysRepository } from './api-keys/repository.ts'
import { AuditRepository } from './audit/repository.ts'
import { CalendarFeedsRepository } from './calendar-feeds/repository.ts'
import { DataSourcesRepository } from './data-sources/repository.ts'
import { OperatorDb } from './operator-db.ts'
import { operatorOf, type OperatorPass } from './operators/pass.ts'
import { ImportWorkRepository } from './import-work/repository.ts'
import { InboundAddressesRepository } from './inbound-addresses/repository.ts'
import { InvitationsRepository } from './invitations/repository.ts'
import { MembershipsRepository } from './memberships/repository.ts'
import { ContractsDueRepository } from './contracts-due/repository.ts'
import { MailDueRepository } from './mail-due/repository.ts'
import { PaymentsDueRepository } from './payments-due/repository.ts'
import { PublicLinksRepository } from './public-links/repository.ts'
import { RecordAccessRepository } from './record-access/repository.ts'
import { SessionsRepository } from './sessions/repository.ts'
import { SupportAccessRepository } from './support-access/repository.ts'
import { TenantsRepository } from './tenants/repository.ts'
import { SignInThrottleRepository } from './throttle/repository.ts'
import { UsersRepository } from './users/repository.ts'
import { WebhookEndpointsRepository } from './webhooks/repository.ts'

export type HashPassword = (password: string) => Promise<string>

/**
 * The application database as a set of repositories and nothing else: no table, no SQL, no way to the connection, and no
 * grant for anybody but the owner of a session and the holder of an API key, a public link, an inbound address or the address
 * of a calendar: what serves requests has this
 * handle, and operators' grants are not on it.
 */
export class AppDb {
  readonly #access: Access
  readonly #hashPassword: HashPassword
  readonly users: UsersRepository
  readonly sessions: SessionsRepository
  readonly memberships: MembershipsRepository
  readonly recordAccess: RecordAccessRepository
  readonly invitations: InvitationsRepository
  readonly tenants: TenantsRepository
  readonly dataSources: DataSourcesRepository
  readonly apiKeys: ApiKeysRepository
  readonly calendarFeeds: CalendarFeedsRepository
  readonly audit: AuditRepository
  readonly signInThrottle: SignInThrottleRepository
  readonly publicLinks: PublicLinksRepository
  readonly mailDue: MailDueRepository
  readonly contractsDue: ContractsDueRepository
  readonly paymentsDue: PaymentsDueRepository
  readonly webhookEndpoints: WebhookEndpointsRepository
  readonly importWork: ImportWorkRepository
  readonly inboundAddresses: InboundAddressesRepository
  readonly supportAccess: SupportAccessRepository

  constructor(access: Access, hashPassword: HashPassword) {
    this.#access = access
    this.#hashPassword = hashPassword
    this.users = new UsersRepository(access)
    this.sessions = new SessionsRepository(access)
    this.memberships = new MembershipsRepository(access, hashPassword)
    this.recordAccess = new RecordAccessRepository(access)
    this.invitations = new InvitationsRepository(access)
    this.tenants = new TenantsRepository(access)
    this.dataSources = new DataSourcesRepository(access)
    this.apiKeys = new ApiKeysRepository(access)
    this.calendarFeeds = new CalendarFeedsRepository(access)
    this.audit = new AuditRepository(access)
    this.signInThrottle = new SignInThrottleRepository(access)
    this.publicLinks = new PublicLinksRepository(access)
    this.mailDue = new MailDueRepository(access)
    this.contractsDue = new ContractsDueRepository(access)
    this.paymentsDue = new PaymentsDueRepository(access)
    this.webhookEndpoints = new WebhookEndpointsRepository(access)
    this.importWork = new ImportWorkRepository(access)
    this.inboundAddresses = new InboundAddressesRepository(access)
    this.supportAccess = new SupportAccessRepository(access)
  }

  /** The console's own handle, for the person the pass was minted for. Throws FORBIDDEN. */
  forOperator(pass: OperatorPass): OperatorDb {
    return new OperatorDb(this.#access, operatorOf(pass))
  }

  /** One transaction; the handle given to `work` is dead when it ends. */
  transaction<T>(work: (db: AppDb) => Promise<T>): Promise<T> {
    return this.#access.write((tx) => work(new AppDb(accessWithin(tx), this.#hashPassword)))
  }
}
