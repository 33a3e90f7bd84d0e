import { clock, day, dayOfClock, filled, literal, member, wordOr } from '../expressions.ts'
import type { Given } from '../given.ts'
import { linkedTables, linkPart, linkRejects } from '../links.ts'
import { converted, copied, dropped, type TableMove } from '../table-move.ts'

export function tasks(given: Given): TableMove<'tasks'> {
  const { company } = given
  const status = wordOr('status', 'tasks', 'open', {
    open: ['open', 'new', 'todo', 'to do', 'not started', 'pending'],
    in_progress: ['in progress', 'started', 'doing'],
    done: ['done', 'completed', 'complete', 'closed'],
    cancelled: ['cancelled', 'canceled'],
  })
  const dueDate = day('tasks', 'due_date')
  return {
    source: 'tasks',
    decisions: {
      id: copied('id'),
      tenant_id: dropped('the tenant database knows whose it is'),
      created_at: copied('created_at'),
      updated_at: copied('updated_at'),
      title: copied('title'),
      description: copied('description'),
      status: converted('one of four words', 'status'),
      priority: converted('one of four words', 'priority'),
      due_date: converted('only what is a day; the next one for 24:00', 'due_on'),
      due_time: converted('in the zone of the company', 'due_time', 'time_zone'),
      completed_at: converted('of done ones; the last change where it was not recorded', 'completed_at'),
      assigned_to: converted('only people of the company', 'assignee_id'),
      entity_type: converted('a link with a foreign key', 'record_links'),
      entity_id: converted('a link with a foreign key', 'record_links'),
    },
    rejects: [{ reason: 'has no title', when: `${filled('tasks.title')} is null` }, ...linkRejects(given, 'tasks')],
    parts: [
      {
        target: 'tasks',
        values: {
          status,
          priority: wordOr('priority', 'tasks', 'normal', {
            low: ['low', '3'],
            normal: ['normal', 'medium', '2'],
            high: ['high', '1'],
            urgent: ['urgent', 'critical', '0'],
          }),
          due_on: { ...dueDate, sql: dayOfClock(dueDate.sql, 'tasks.due_time') },
          due_time: `(case when tasks.due_time is not null then ${clock('tasks.due_time')} end)`,
          time_zone: `(case when tasks.due_time is not null then ${literal(company.timeZone)} end)`,
          completed_at: {
            sql: `(case when ${status.sql} = 'done' then coalesce(tasks.completed_at, tasks.updated_at) end)`,
            lost: { column: 'completed_at', reason: 'stands on one that is not done' },
          },
          assignee_id: member(company, 'tasks', 'assigned_to'),
        },
      },
      linkPart('tasks', 'task_id'),
    ],
    references: linkedTables.map((to) => ({ column: 'entity_id', to })),
  }
}
