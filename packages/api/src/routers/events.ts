import { Event, EventInput, EventListQuery, EventPatchInput, EventStatusInput } from '@tenantry/contracts/events'
import { EventId } from '@tenantry/contracts/ids'
import { setEventStatus } from '@tenantry/crm/events'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'
import { recordProcedures } from '../record-procedures.ts'

export const eventsRouter = router({
  ...recordProcedures({
    id: EventId,
    query: EventListQuery,
    input: EventInput,
    patch: EventPatchInput,
    row: Event,
    reader: (db) => db.events,
    writer: (db) => db.events,
    requires: '0008_themes_and_telephones',
  }),
  setStatus: tenantProcedure
    .meta({ permission: 'records.write' })
    .input(EventStatusInput)
    .output(Event)
    .mutation(({ ctx, input }) => setEventStatus(ctx.tenantDb, input)),
})
