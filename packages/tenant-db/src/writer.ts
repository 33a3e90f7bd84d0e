import { AccountsWriter } from './accounts/repository.ts'
import { AttachmentsWriter } from './attachments/repository.ts'
import { CompanyWriter } from './company/repository.ts'
import { ContactsWriter } from './contacts/repository.ts'
import { DashboardWriter } from './dashboard/repository.ts'
import { LocationsWriter } from './locations/repository.ts'
import { CatalogItemsWriter } from './catalog-items/repository.ts'
import { LeadsWriter } from './leads/repository.ts'
import { EventsWriter } from './events/repository.ts'
import { EventDatesWriter } from './event-dates/repository.ts'
import { ResourcesWriter } from './resources/repository.ts'
import { BookingsWriter } from './resource-bookings/repository.ts'
import { TasksWriter } from './tasks/repository.ts'
import { NotesWriter } from './notes/repository.ts'
import { CommunicationsWriter } from './communications/repository.ts'
import { ContractsWriter } from './contracts/repository.ts'
import { ImportsWriter } from './imports/repository.ts'
import { InvoicesWriter } from './invoices/repository.ts'
import { MemberRefsWriter } from './member-refs/repository.ts'
import { NumberSeriesWriter } from './number-series/repository.ts'
import { OutboxWriter } from './outbox/repository.ts'
import { OpportunitiesWriter } from './opportunities/repository.ts'
import { PaymentsWriter } from './payments/repository.ts'
import { PipelinesWriter } from './pipelines/repository.ts'
import { RecordLinksWriter } from './record-links/repository.ts'
import { QuotesWriter } from './quotes/repository.ts'
import { CustomFieldsWriter } from './custom-fields/repository.ts'
import { TaskTemplatesWriter } from './task-templates/repository.ts'
import { SavedViewsWriter } from './saved-views/repository.ts'
import { WebhooksWriter } from './webhooks/repository.ts'
import { TenantReader } from './reader.ts'
import type { Acting } from './records/acting.ts'

/** One tenant's database in one transaction: the repositories of the reading handle, which can also write. */
export class TenantDb extends TenantReader {
  override readonly accounts: AccountsWriter
  override readonly contacts: ContactsWriter
  override readonly opportunities: OpportunitiesWriter
  override readonly pipelines: PipelinesWriter
  override readonly locations: LocationsWriter
  override readonly catalogItems: CatalogItemsWriter
  override readonly leads: LeadsWriter
  override readonly events: EventsWriter
  override readonly eventDates: EventDatesWriter
  override readonly resources: ResourcesWriter
  override readonly bookings: BookingsWriter
  override readonly tasks: TasksWriter
  override readonly notes: NotesWriter
  override readonly communications: CommunicationsWriter
  override readonly attachments: AttachmentsWriter
  override readonly outbox: OutboxWriter
  override readonly dashboard: DashboardWriter
  readonly recordLinks: RecordLinksWriter
  override readonly quotes: QuotesWriter
  override readonly contracts: ContractsWriter
  override readonly invoices: InvoicesWriter
  override readonly payments: PaymentsWriter
  override readonly numberSeries: NumberSeriesWriter
  override readonly savedViews: SavedViewsWriter
  override readonly taskTemplates: TaskTemplatesWriter
  override readonly webhooks: WebhooksWriter
  override readonly customFields: CustomFieldsWriter
  override readonly imports: ImportsWriter
  override readonly company: CompanyWriter
  override readonly memberRefs: MemberRefsWriter
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting.executor, acting.actor.id)
    this.accounts = new AccountsWriter(acting)
    this.contacts = new ContactsWriter(acting)
    this.opportunities = new OpportunitiesWriter(acting)
    this.pipelines = new PipelinesWriter(acting)
    this.locations = new LocationsWriter(acting)
    this.catalogItems = new CatalogItemsWriter(acting)
    this.leads = new LeadsWriter(acting)
    this.events = new EventsWriter(acting)
    this.eventDates = new EventDatesWriter(acting)
    this.resources = new ResourcesWriter(acting)
    this.bookings = new BookingsWriter(acting)
    this.tasks = new TasksWriter(acting)
    this.notes = new NotesWriter(acting)
    this.communications = new CommunicationsWriter(acting)
    this.attachments = new AttachmentsWriter(acting)
    this.outbox = new OutboxWriter(acting)
    this.dashboard = new DashboardWriter(acting.executor)
    this.recordLinks = new RecordLinksWriter(acting)
    this.quotes = new QuotesWriter(acting)
    this.contracts = new ContractsWriter(acting)
    this.invoices = new InvoicesWriter(acting)
    this.payments = new PaymentsWriter(acting)
    this.numberSeries = new NumberSeriesWriter(acting.executor)
    this.savedViews = new SavedViewsWriter(acting)
    this.taskTemplates = new TaskTemplatesWriter(acting)
    this.webhooks = new WebhooksWriter(acting)
    this.customFields = new CustomFieldsWriter(acting)
    this.imports = new ImportsWriter(acting)
    this.company = new CompanyWriter(acting.executor)
    this.memberRefs = new MemberRefsWriter(acting.executor)
    this.#acting = acting
  }

  /** A part that can fail alone: when `work` throws, only what it did is taken back. */
  transaction<T>(work: (db: TenantDb) => Promise<T>): Promise<T> {
    const { executor, actor } = this.#acting
    return executor.savepoint((inner) => work(new TenantDb({ executor: inner, actor })))
  }
}
