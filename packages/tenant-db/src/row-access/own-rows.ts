import type { Executor } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import type { LimitedKind } from '@tenantry/contracts/record-access'
import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Filter } from '../records/filter.ts'
import { literal } from '../records/literal.ts'
import type { Findable } from './belonging.ts'
import { LimitedExecutor } from './limited-executor.ts'
import { seenPeople } from './policies.ts'

/** Whose the rows of a list are. */
export interface Whose {
  kind: LimitedKind
  belonging: Findable
}

/** The ids of all rows that a limited member sees, as Postgres writes an array; left out when they are many or all. */
export interface Own {
  ids?: string
}

/**
 * Beyond this many own rows a list walks its order and passes over what is not theirs: of 200,000 rows every fiftieth is
 * theirs then, and a page of 50 costs about as much as looking at so many rows of their own.
 */
const few = 4000

/**
 * What a limited member sees among very many rows is found by whose it is, before anything else is asked. The policies
 * judge the same rows again, so this narrows and never widens.
 */
export class OwnRows {
  readonly #whose: Whose
  readonly #find: Statement<Record<string, never>, { ids: string | null }>

  constructor(table: PgTable & Record<'id', PgColumn>, whose: Whose) {
    this.#whose = whose
    const rows = (what: SQL) => rowsOf(table, whose, what)
    // Counted first, from the index alone: whoever has many waits for no rows that are of no use.
    this.#find = statement((db) =>
      db.execute<{ ids: string | null }>(sql`
        select case when (select count(*) from (${rows(sql`1`)}) as counted) <= ${literal(few)}
          then (select coalesce(array_agg(own.id), '{}')::text from (${rows(sql`${table.id}`)}) as own) end as ids`),
    )
  }

  async of(executor: Executor): Promise<Own> {
    if (!(executor instanceof LimitedExecutor) || !executor.limits(this.#whose.kind)) return {}
    const [row] = await executor.run(this.#find, {})
    return row?.ids == null ? {} : { ids: row.ids }
  }
}

/** Of a sub-select Postgres expects ten ids, of a parameter as many as there are, and then it might walk the whole order. */
export function ownFilter(id: PgColumn): Record<string, Filter<Own>> {
  return { own: { of: ({ ids }) => ids, where: (ids) => sql`${id} = any(array(select unnest(${ids}::uuid[])))` } }
}

function rowsOf(table: PgTable, { kind, belonging }: Whose, what: SQL): SQL {
  const enough = literal(few + 1)
  const { found } = belonging
  const question = ({ where, orderBy }: ReturnType<typeof found.rowsOf>[number]) =>
    sql`(select ${what} from ${table} where ${where} order by ${orderBy} limit ${enough})`
  const questions = found.rowsOf(sql`p.person`).map(question)
  const ofPeople = sql`
    select r.* from unnest(${seenPeople(kind)}) as p(person)
    cross join lateral (${sql.join(questions, sql` union all `)}) as r limit ${enough}`
  return found.others === undefined ? ofPeople : sql`(${ofPeople}) union all ${question(found.others)} limit ${enough}`
}
