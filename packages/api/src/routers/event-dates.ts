import { EventDateId } from '@tenantry/contracts/ids'
import { EventDate, EventDateInput, EventDateListQuery, EventDatePatchInput } from '@tenantry/contracts/event-dates'
import { router } from '../procedures/router.ts'
import { recordProcedures } from '../record-procedures.ts'

export const eventDatesRouter = router(
  recordProcedures({
    id: EventDateId,
    query: EventDateListQuery,
    input: EventDateInput,
    patch: EventDatePatchInput,
    row: EventDate,
    reader: (db) => db.eventDates,
    writer: (db) => db.eventDates,
    requires: '0015_task_templates',
  }),
)
