import { router } from './procedures/router.ts'
import { aboutRouter } from './routers/about.ts'
import { accountsRouter } from './routers/accounts.ts'
import { attachmentsRouter } from './routers/attachments.ts'
import { apiKeysRouter } from './routers/api-keys.ts'
import { auditRouter } from './routers/audit.ts'
import { bookingsRouter } from './routers/bookings.ts'
import { catalogItemsRouter } from './routers/catalog-items.ts'
import { communicationsRouter } from './routers/communications.ts'
import { contactsRouter } from './routers/contacts.ts'
import { dashboardRouter } from './routers/dashboard.ts'
import { eventDatesRouter } from './routers/event-dates.ts'
import { eventsRouter } from './routers/events.ts'
import { exportsRouter } from './routers/exports.ts'
import { importsRouter } from './routers/imports.ts'
import { leadsRouter } from './routers/leads.ts'
import { locationsRouter } from './routers/locations.ts'
import { calendarFeedsRouter } from './routers/calendar-feeds.ts'
import { contractsRouter } from './routers/contracts.ts'
import { inboundAddressesRouter } from './routers/inbound-addresses.ts'
import { invoicesRouter } from './routers/invoices.ts'
import { membersRouter } from './routers/members.ts'
import { notesRouter } from './routers/notes.ts'
import { numberSeriesRouter } from './routers/number-series.ts'
import { opportunitiesRouter } from './routers/opportunities.ts'
import { operatorRouter } from './routers/operator.ts'
import { paymentsRouter } from './routers/payments.ts'
import { peopleRouter } from './routers/people.ts'
import { pipelinesRouter } from './routers/pipelines.ts'
import { resourcesRouter } from './routers/resources.ts'
import { publicRouter } from './routers/public.ts'
import { quotesRouter } from './routers/quotes.ts'
import { savedViewsRouter } from './routers/saved-views.ts'
import { sessionRouter } from './routers/session.ts'
import { supportRouter } from './routers/support.ts'
import { customFieldsRouter } from './routers/custom-fields.ts'
import { taskTemplatesRouter } from './routers/task-templates.ts'
import { tasksRouter } from './routers/tasks.ts'
import { tenantRouter } from './routers/tenant.ts'
import { webhooksRouter } from './routers/webhooks.ts'

export const appRouter = router({
  session: sessionRouter,
  tenant: tenantRouter,
  members: membersRouter,
  apiKeys: apiKeysRouter,
  webhooks: webhooksRouter,
  inboundAddresses: inboundAddressesRouter,
  calendarFeeds: calendarFeedsRouter,
  audit: auditRouter,
  about: aboutRouter,
  dashboard: dashboardRouter,
  support: supportRouter,
  accounts: accountsRouter,
  contacts: contactsRouter,
  opportunities: opportunitiesRouter,
  pipelines: pipelinesRouter,
  leads: leadsRouter,
  events: eventsRouter,
  eventDates: eventDatesRouter,
  resources: resourcesRouter,
  bookings: bookingsRouter,
  tasks: tasksRouter,
  customFields: customFieldsRouter,
  taskTemplates: taskTemplatesRouter,
  notes: notesRouter,
  communications: communicationsRouter,
  attachments: attachmentsRouter,
  locations: locationsRouter,
  catalogItems: catalogItemsRouter,
  exports: exportsRouter,
  imports: importsRouter,
  quotes: quotesRouter,
  contracts: contractsRouter,
  invoices: invoicesRouter,
  payments: paymentsRouter,
  numberSeries: numberSeriesRouter,
  public: publicRouter,
  people: peopleRouter,
  savedViews: savedViewsRouter,
  operator: operatorRouter,
})

export type AppRouter = typeof appRouter
