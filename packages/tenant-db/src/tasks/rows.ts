import type { LeasedDrizzle } from '@tenantry/connections/database'
import { memberRefs } from '../member-refs/table.ts'
import { shownLinks } from '../record-links/shown-links.ts'
import { envelopeOf, isOwner } from '../records/record-table.ts'
import { tasks } from './table.ts'

/** Tasks as the contract shows them, up to WHERE. */
export function selectTasks(db: LeasedDrizzle) {
  return db.select(columns).from(tasks).leftJoin(memberRefs, isOwner(tasks.assigneeId))
}

const columns = {
  id: tasks.id,
  title: tasks.title,
  description: tasks.description,
  status: tasks.status,
  priority: tasks.priority,
  assigneeId: tasks.assigneeId,
  assigneeName: memberRefs.displayName,
  parentTaskId: tasks.parentTaskId,
  dueOn: tasks.dueOn,
  dueTime: tasks.dueTime,
  timeZone: tasks.timeZone,
  anchor: tasks.anchor,
  anchorOffsetDays: tasks.anchorOffsetDays,
  anchoredOn: tasks.anchoredOn,
  remindDaysBefore: tasks.remindDaysBefore,
  completedAt: tasks.completedAt,
  completedBy: tasks.completedBy,
  outcome: tasks.outcome,
  links: shownLinks('task', tasks),
  ...envelopeOf(tasks),
}
