import { LinkedEntity, type RecordLink } from '@tenantry/contracts/record-links'
import { sql } from 'drizzle-orm'
import type { Filter } from '../records/filter.ts'
import type { RecordTable } from '../records/record-table.ts'
import { sources, targets, type LinkSource } from './columns.ts'
import { recordLinks } from './table.ts'

interface AboutQuery {
  filters: { about?: RecordLink | undefined }
}

/** Filters of a list by what its rows are about: one for each kind of record, since each has a column and an index of its own. */
export function aboutFilters<Query extends AboutQuery>(
  source: LinkSource,
  table: RecordTable,
): Record<string, Filter<Query>> {
  return Object.fromEntries(
    LinkedEntity.options.map((entity): [string, Filter<Query>] => [
      `about_${entity}`,
      {
        of: ({ filters }) => (filters.about?.entity === entity ? filters.about.id : undefined),
        where: (id) =>
          sql`${table.id} in (select ${sources[source]} from ${recordLinks} where ${targets[entity]} = ${id})`,
      },
    ]),
  )
}
