import type { Fault } from '../fault.ts'

const file = 'packages/crm/src/tasks/plan-tasks.test.ts'

/** Taken from tasks that are counted from the dates of an event. */
export const taskTemplateFaults: Fault[] = [
  {
    name: 'task template: move tasks that somebody has given another day',
    file: 'packages/tenant-db/src/tasks/move-anchored.ts',
    find: 'and t.due_on is not distinct from t.anchored_on + t.anchor_offset_days',
    replace: '',
    caughtBy: {
      file,
      test: 'when the event is moved, the tasks that nobody has touched move along and remember it; all others stay',
    },
  },
  {
    name: 'task template: leave tasks where they were when their event moves',
    file: 'packages/tenant-db/src/event-dates/record.ts',
    find: 'await moveAnchoredTasks(acting, id)',
    replace: '',
    caughtBy: {
      file,
      test: 'when the event is moved, the tasks that nobody has touched move along and remember it; all others stay',
    },
  },
  {
    name: 'task template: remind by the clock of the server',
    file: 'packages/tenant-db/src/tasks/reminders.ts',
    find: 'coalesce(t.time_zone, z.name)',
    replace: `'UTC'`,
    caughtBy: {
      file,
      test: 'days are counted by the calendar and reminders by the clock of the place, on nights when clocks change as well',
    },
  },
]
