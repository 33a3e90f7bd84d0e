import type { LegacyTable } from '../legacy/columns.ts'
import { filled, word } from './expressions.ts'
import type { Given } from './given.ts'
import type { Expression, Part, Reject } from './table-move.ts'

type Linking = 'tasks' | 'notes' | 'attachments' | 'communications'

/** What `entity_type` was seen to say, by the table it means. */
const spellings = {
  accounts: ['account', 'accounts', 'company', 'organization', 'organisation'],
  contacts: ['contact', 'contacts', 'person'],
  leads: ['lead', 'leads'],
  opportunities: ['opportunity', 'opportunities', 'deal', 'deals'],
  events: ['event', 'events', 'booking'],
  locations: ['location', 'locations', 'venue'],
} as const satisfies Partial<Record<LegacyTable, readonly string[]>>

type Linked = keyof typeof spellings
export const linkedTables = Object.keys(spellings) as Linked[]

/** The pointer by type and id becomes a link with a foreign key for each kind of record. */
export function linkPart(
  table: Linking,
  own: 'task_id' | 'note_id' | 'attachment_id' | 'communication_id',
): Part<'record_links'> {
  const to = (linked: Linked) => `(case when ${meant(table)} = '${linked}' then ${table}.entity_id end)`
  return {
    target: 'record_links',
    when: `${table}.entity_id is not null`,
    values: {
      [own]: `${table}.id`,
      account_id: to('accounts'),
      contact_id: to('contacts'),
      lead_id: to('leads'),
      opportunity_id: to('opportunities'),
      event_id: to('events'),
      location_id: to('locations'),
      created_at: `${table}.created_at`,
    },
  }
}

/** A row that belonged to something which is gone would hang in the air: it waits in quarantine. */
export function linkRejects({ isMoved }: Given, table: Linking): Reject[] {
  const isThere = linkedTables
    .map((linked) => `when ${meant(table)} = '${linked}' then ${isMoved(linked, `${table}.entity_id`)}`)
    .join(' ')
  return [
    {
      reason: 'says what kind of record it belongs to, but not which',
      when: `${filled(`${table}.entity_type`)} is not null and ${table}.entity_id is null`,
    },
    {
      reason: 'belongs to a kind of record that is not known',
      when: `${table}.entity_id is not null and ${meant(table)} is null`,
    },
    {
      reason: 'belongs to a record that does not exist or was not moved in',
      when: `${table}.entity_id is not null and not (case ${isThere} else true end)`,
    },
  ]
}

function meant(table: Linking): Expression {
  return word(`${table}.entity_type`, spellings)
}
