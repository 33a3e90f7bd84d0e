import type { Fault } from '../fault.ts'

const accept = 'packages/crm/src/quotes/accept-quote.test.ts'
const status = 'packages/crm/src/events/set-event-status.test.ts'
const holds = 'packages/tenant-db/src/resource-bookings/holds.test.ts'
const each = 'packages/crm/src/bookings/each-booking.test.ts'
const timeline = 'packages/tenant-db/src/resource-bookings/timeline.test.ts'
const lines = 'a booking has the lines that are about it: who waited before, how long it stands, where its date went'
const plan = 'packages/crm/src/tasks/plan-tasks.test.ts'

/** Taken from what is held and booked for events, and from what follows their dates. */
export const bookingFaults: Fault[] = [
  {
    name: 'bookings: confirm the event of an accepted quote and nothing that it holds',
    file: 'packages/tenant-db/src/events/confirm-event.ts',
    find: 'await confirmEvent(acting, eventId)',
    replace: '',
    caughtBy: {
      file: accept,
      test: 'a hold that has expired is not confirmed: those behind it move up, and the histories tell what became of each',
    },
  },
  {
    name: 'bookings: tell customers by whose event a resource is taken',
    file: 'packages/tenant-db/src/events/confirm-event.ts',
    find: 'data: { reason }, cause: error',
    replace: 'data: error.data ?? {}, cause: error',
    caughtBy: {
      file: accept,
      test: 'quotes of two opportunities that hold the same resource: whoever is accepted first has it, the other hears of the clash',
    },
  },
  {
    name: 'bookings: undo a step of the life of an event',
    file: 'packages/tenant-db/src/events/record.ts',
    find: `if (action !== 'undone' || !lifeCycle.some((field) => field in changes)) return`,
    replace: `if (action !== 'created' || !lifeCycle.some((field) => field in changes)) return`,
    caughtBy: {
      file: status,
      test: 'an undo takes back what was written of an event and no step of its life, which bookings follow',
    },
  },
  {
    name: 'bookings: bring an event back from the bin as confirmed, with nothing booked',
    file: 'packages/tenant-db/src/events/record.ts',
    find: `return comesBack && needsResources`,
    replace: `return comesBack && needsResources && changes['status'] !== undefined`,
    caughtBy: {
      file: status,
      test: 'a confirmed event that is restored from the bin is a prospect, whoever books its resource at the same time',
    },
  },
  {
    name: 'bookings: book for an event that was cancelled',
    file: 'packages/tenant-db/src/resource-bookings/slot.ts',
    find: `and (e.deleted_at is not null or e.status = 'cancelled'))`,
    replace: 'and false)',
    caughtBy: {
      file: status,
      test: 'nothing is booked for an event that is cancelled or in the bin, be it in the very moment in which it is booked',
    },
  },
  {
    name: 'bookings: let holds expire without a line of history',
    file: 'packages/tenant-db/src/resource-bookings/queue.ts',
    find: `await noteExpired(acting, { ...hold, state: 'hold', holdExpiresAt: instantFromText(holdExpiresAt) })`,
    replace: 'void [noteExpired, instantFromText, hold, holdExpiresAt]',
    caughtBy: {
      file: holds,
      test: 'a hold that is over is not shown any more, and the histories tell that it expired and who moved up',
    },
  },
  {
    name: 'bookings: show holds that are over as standing',
    file: 'packages/tenant-db/src/resource-bookings/find-bookings.ts',
    find: 'sql`${isStanding} and not ${hasExpired}`',
    replace: 'isStanding',
    caughtBy: {
      file: holds,
      test: 'a hold that is over is not shown any more, and the histories tell that it expired and who moved up',
    },
  },
  {
    name: 'bookings: page by the beginning alone',
    file: 'packages/tenant-db/src/resource-bookings/find-bookings.ts',
    find: `sql\`(\${begins}, \${bookings.id}) > (\${sql.placeholder('after')}::timestamptz, \${sql.placeholder('afterId')}::uuid)\``,
    replace: `sql\`\${begins} > \${sql.placeholder('after')}::timestamptz and \${sql.placeholder('afterId')}::uuid is not null\``,
    caughtBy: {
      file: 'packages/tenant-db/src/resource-bookings/repository.test.ts',
      test: 'pages show every booking once, in the order in which they begin, and the count is theirs',
    },
  },
  {
    name: 'bookings: leave an event tentative when all that it held is over',
    file: 'packages/crm/src/events/expire-event.ts',
    find: `if (standing.length === 0) await`,
    replace: `if (standing.length < 0) await`,
    caughtBy: {
      file: 'packages/crm/src/events/expire-event.test.ts',
      test: 'a tentative event whose time is over is a prospect again, and gives what it held to those behind',
    },
  },
  {
    name: 'tasks: plan without waiting for whoever moves the event',
    file: 'packages/tenant-db/src/tasks/repository.ts',
    find: 'await lockPlan(this.#acting.executor, eventId)',
    replace: '',
    caughtBy: {
      file: plan,
      test: 'tasks that are planned in the moment in which their event is moved are counted from where it is then',
    },
  },
  {
    name: 'tasks: move an event without the tasks that are just planned',
    file: 'packages/tenant-db/src/tasks/move-anchored.ts',
    find: 'await acting.executor.run(lockPlanOfDate, { dateId })',
    replace: '',
    caughtBy: {
      file: plan,
      test: 'tasks that are planned in the moment in which their event is moved are counted from where it is then',
    },
  },
  {
    name: 'tasks: plan what the event has already once more',
    file: 'packages/crm/src/tasks/plan-tasks.ts',
    find: 'if (at >= 0) left.splice(at, 1)\n    return at < 0',
    replace: 'return at < 1_000',
    caughtBy: {
      file: plan,
      test: 'a template that is planned again, be it by many at once, adds only what the event does not have yet',
    },
  },
  {
    name: 'holds: take a database that is away for a failure of the visit',
    file: 'packages/worker/src/until-next-turn.ts',
    find: 'if (isTenantryError(error) && passing.includes(error.code)) return false',
    replace: '',
    caughtBy: {
      file: 'tooling/proofs/src/hold-turns/hold-turns.test.ts',
      test: 'a company whose database is away is taken calmly, keeps nobody waiting, and has its turn when it is back',
    },
  },
  {
    name: 'move a date before its event is locked',
    file: 'packages/tenant-db/src/event-dates/record.ts',
    find: '{ ...row, lock: lockWithEvent }',
    replace: '{ ...row, lock: row.lock ?? lockWithEvent }',
    caughtBy: {
      file: status,
      test: 'a date that is moved while the status of its event changes waits for it, and neither is taken back',
    },
  },
  {
    name: 'bookings: let the row of many that clashes hinder the others',
    file: 'packages/crm/src/bulk/each-row.ts',
    find: 'error.status >= 500) throw error',
    replace: `error.code === 'CONFLICT') throw error`,
    caughtBy: { file: each, test: 'of many holds each is confirmed or says why not, whatever becomes of the others' },
  },
  {
    name: 'bookings: lock many bookings one after the other',
    file: 'packages/crm/src/bookings/each-booking.ts',
    find: 'await tenantDb.bookings.lockMany(rows.map(({ id }) => id))',
    replace: '',
    caughtBy: {
      file: each,
      test: 'clients that confirm some of the same at once all get an answer, and each slot is one’s',
    },
  },
  {
    name: 'change many rows in the order in which each caller names them',
    file: 'packages/crm/src/bulk/each-row.ts',
    find: '.toSorted((a, b) => compare(a.row.id, b.row.id))',
    replace: '.toSorted((a, b) => compare(a.row.id, b.row.id) * 0)',
    caughtBy: {
      file: 'packages/crm/src/bulk/each-row.test.ts',
      test: 'callers that change some of the same at once wait for each other, in whatever order they name them',
    },
  },
  {
    name: 'bookings: write histories that name no booking',
    file: 'packages/tenant-db/src/resource-bookings/note-bookings.ts',
    find: 'to: { id, resourceId, ...to }',
    replace: 'to: { resourceId, ...to }',
    caughtBy: { file: timeline, test: lines },
  },
  {
    name: 'bookings: tell of a booking that was given back where its date went then',
    file: 'packages/tenant-db/src/resource-bookings/timeline.ts',
    find: `, sql\`not \${naming(sql\`n.action = 'released'\`)}\``,
    replace: '',
    caughtBy: { file: timeline, test: lines },
  },
  {
    name: 'bookings: lock what many dates and events share one record after the other',
    file: 'packages/api/src/record-procedures.ts',
    find: 'await writer(db).lockMany?.(rows.map((named) => named.id))',
    replace: '',
    caughtBy: {
      file: 'packages/api/src/bulk-at-once.test.ts',
      test: 'whoever moves, removes, confirms and releases some of the same at once gets an answer',
    },
  },
]
