import { router } from './procedures.ts'
import { accountsRouter } from './routers/accounts.ts'
import { auditRouter } from './routers/audit.ts'
import { catalogItemsRouter } from './routers/catalog-items.ts'
import { contactsRouter } from './routers/contacts.ts'
import { locationsRouter } from './routers/locations.ts'
import { membersRouter } from './routers/members.ts'
import { opportunitiesRouter } from './routers/opportunities.ts'
import { peopleRouter } from './routers/people.ts'
import { pipelinesRouter } from './routers/pipelines.ts'
import { sessionRouter } from './routers/session.ts'
import { tenantRouter } from './routers/tenant.ts'

export const appRouter = router({
  session: sessionRouter,
  tenant: tenantRouter,
  members: membersRouter,
  audit: auditRouter,
  accounts: accountsRouter,
  contacts: contactsRouter,
  opportunities: opportunitiesRouter,
  pipelines: pipelinesRouter,
  locations: locationsRouter,
  catalogItems: catalogItemsRouter,
  people: peopleRouter,
})

export type AppRouter = typeof appRouter
