import type { Executor } from '@tenantry/connections/database'
import { AboutReader } from './about/repository.ts'
import { AccountsReader } from './accounts/repository.ts'
import { AttachmentsReader } from './attachments/repository.ts'
import { ChangesReader } from './changes/repository.ts'
import { CompanyReader } from './company/repository.ts'
import { ContactsReader } from './contacts/repository.ts'
import { ContractsReader } from './contracts/repository.ts'
import { IdentityReader } from './identity/repository.ts'
import { LocationsReader } from './locations/repository.ts'
import { CatalogItemsReader } from './catalog-items/repository.ts'
import { LeadsReader } from './leads/repository.ts'
import { DuplicatesReader } from './duplicates/repository.ts'
import { DashboardReader } from './dashboard/repository.ts'
import { EventsReader } from './events/repository.ts'
import { EventDatesReader } from './event-dates/repository.ts'
import { ResourcesReader } from './resources/repository.ts'
import { BookingsReader } from './resource-bookings/repository.ts'
import { TasksReader } from './tasks/repository.ts'
import { NotesReader } from './notes/repository.ts'
import { CommunicationsReader } from './communications/repository.ts'
import { ImportsReader } from './imports/repository.ts'
import { InvoicesReader } from './invoices/repository.ts'
import { MemberRefsReader } from './member-refs/repository.ts'
import { NumberSeriesReader } from './number-series/repository.ts'
import { OutboxReader } from './outbox/repository.ts'
import { OpportunitiesReader } from './opportunities/repository.ts'
import { PaymentsReader } from './payments/repository.ts'
import { PipelinesReader } from './pipelines/repository.ts'
import { RowCountsReader } from './row-counts/repository.ts'
import { QuotesReader } from './quotes/repository.ts'
import { CustomFieldsReader } from './custom-fields/repository.ts'
import { TaskTemplatesReader } from './task-templates/repository.ts'
import { SavedViewsReader } from './saved-views/repository.ts'
import { WebhooksReader } from './webhooks/repository.ts'

/**
 * One tenant's database for reading: a set of repositories and nothing else. No table, no SQL and no connection can be
 * reached from it, and none of its methods writes.
 */
export class TenantReader {
  readonly accounts: AccountsReader
  readonly contacts: ContactsReader
  readonly opportunities: OpportunitiesReader
  readonly pipelines: PipelinesReader
  readonly locations: LocationsReader
  readonly catalogItems: CatalogItemsReader
  readonly leads: LeadsReader
  readonly events: EventsReader
  readonly eventDates: EventDatesReader
  readonly resources: ResourcesReader
  readonly bookings: BookingsReader
  readonly tasks: TasksReader
  readonly notes: NotesReader
  readonly communications: CommunicationsReader
  readonly attachments: AttachmentsReader
  readonly outbox: OutboxReader
  readonly duplicates: DuplicatesReader
  readonly quotes: QuotesReader
  readonly contracts: ContractsReader
  readonly invoices: InvoicesReader
  readonly payments: PaymentsReader
  readonly numberSeries: NumberSeriesReader
  readonly savedViews: SavedViewsReader
  readonly taskTemplates: TaskTemplatesReader
  readonly webhooks: WebhooksReader
  readonly customFields: CustomFieldsReader
  readonly imports: ImportsReader
  readonly company: CompanyReader
  readonly memberRefs: MemberRefsReader
  readonly changes: ChangesReader
  readonly about: AboutReader
  readonly dashboard: DashboardReader
  readonly identity: IdentityReader
  readonly rowCounts: RowCountsReader
  /** Makes the class nominal: an object with the same repositories is not a handle. */
  readonly #isHandle = true

  /** `viewer` is who reads, where somebody does: what people keep for themselves is shown to them alone. */
  constructor(executor: Executor, viewer: string | null) {
    this.accounts = new AccountsReader(executor)
    this.contacts = new ContactsReader(executor)
    this.opportunities = new OpportunitiesReader(executor)
    this.pipelines = new PipelinesReader(executor)
    this.locations = new LocationsReader(executor)
    this.catalogItems = new CatalogItemsReader(executor)
    this.leads = new LeadsReader(executor)
    this.events = new EventsReader(executor)
    this.eventDates = new EventDatesReader(executor)
    this.resources = new ResourcesReader(executor)
    this.bookings = new BookingsReader(executor)
    this.tasks = new TasksReader(executor)
    this.notes = new NotesReader(executor)
    this.communications = new CommunicationsReader(executor)
    this.attachments = new AttachmentsReader(executor)
    this.outbox = new OutboxReader(executor)
    this.duplicates = new DuplicatesReader(executor)
    this.quotes = new QuotesReader(executor)
    this.contracts = new ContractsReader(executor)
    this.invoices = new InvoicesReader(executor)
    this.payments = new PaymentsReader(executor)
    this.numberSeries = new NumberSeriesReader(executor)
    this.savedViews = new SavedViewsReader(executor, viewer)
    this.taskTemplates = new TaskTemplatesReader(executor)
    this.webhooks = new WebhooksReader(executor)
    this.customFields = new CustomFieldsReader(executor)
    this.imports = new ImportsReader(executor)
    this.company = new CompanyReader(executor)
    this.memberRefs = new MemberRefsReader(executor)
    this.changes = new ChangesReader(executor)
    this.about = new AboutReader(executor)
    this.dashboard = new DashboardReader(executor)
    this.identity = new IdentityReader(executor)
    this.rowCounts = new RowCountsReader(executor)
  }

  /** True for handles made here, and only for those. */
  static isHandle(value: object): value is TenantReader {
    return #isHandle in value && value.#isHandle
  }
}
