import type { Executor } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import type { LimitedKind } from '@tenantry/contracts/record-access'
import { getTableName, sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Filter } from '../records/filter.ts'
import { literal } from '../records/literal.ts'
import type { Findable, Rows } from './belonging.ts'
import { LimitedExecutor } from './limited-executor.ts'
import { seenPeople } from './policies.ts'

/** Whose the rows of a table are. */
export interface Whose {
  kind: LimitedKind
  /** Left out where no row is anybody's by itself. */
  belonging?: Findable
  /** Rows that are theirs because what they point at is. */
  through?: readonly Through[]
  /** By which further rows point at those that are theirs, and are theirs too. */
  pointer?: PgColumn
  /** How many are few; of rows that are theirs through others `fewThrough`, where this is left out. */
  few?: number
}

/** Rows that point at what is somebody's. */
export interface Through {
  table: OwnedTable
  whose: Whose
  /** What points there, and beside it the id of the row that is sought; null where something else points there. */
  pointer: PgColumn
  id: PgColumn
}

interface Way {
  kinds: ReadonlySet<LimitedKind>
  find: Statement<Record<string, never>, { ids: string | null }>
}

type OwnedTable = PgTable & Record<'id', PgColumn>

/** The ids of all rows that a limited member sees, as Postgres writes an array; left out when they are many or all. */
export interface Own {
  ids?: string
}

/**
 * Beyond this many own rows a list walks its order and passes over what is not theirs: of 200,000 rows every fiftieth is
 * theirs then, and a page of 50 costs about as much as looking at so many rows of their own.
 */
export const fewRows = 4000

/**
 * Of rows that are theirs through others: of each the policy asks another row, and what a document comes to is added up before
 * a page is cut. Of 10,000 invoices ten took 6 ms instead of 740, but 1,500 took 640 ms, and 76 by walking.
 */
const fewThrough = 500

/**
 * What a limited member sees among very many rows is found by whose it is, before anything else is asked. The policies
 * judge the same rows again, so this narrows and never widens.
 */
export class OwnRows {
  readonly #ways: readonly Way[]

  /** Of several ways the first counts in which every kind is limited. */
  constructor(table: OwnedTable, ...ways: readonly Whose[]) {
    this.#ways = ways.map((whose) => {
      const finding = new Finding()
      const own = finding.setOf(table, whose)
      return {
        kinds: finding.kinds,
        find: statement((db) => db.execute<{ ids: string | null }>(finding.idsOf(own))),
      }
    })
  }

  async of(executor: Executor): Promise<Own> {
    if (!(executor instanceof LimitedExecutor)) return {}
    // Where one kind is not limited, whatever points at it is seen, and that may be all.
    const way = this.#ways.find(({ kinds }) => [...kinds].every((kind) => executor.limits(kind)))
    if (way === undefined) return {}
    const [row] = await executor.run(way.find, {})
    return row?.ids == null ? {} : { ids: row.ids }
  }
}

/** Of a sub-select Postgres expects ten ids, of a parameter as many as there are, and then it might walk the whole order. */
export function ownFilter(id: PgColumn): Record<string, Filter<Own>> {
  return { own: { of: ({ ids }) => ids, where: (ids) => sql`${id} = any(array(select unnest(${ids}::uuid[])))` } }
}

/**
 * The text that finds the ids, put together: a set for each table on the way. Each stops at one more than few, and when one is
 * that full nothing is said. An id may come twice.
 */
class Finding {
  readonly kinds = new Set<LimitedKind>()
  readonly #names = new Map<string, SQL>()
  readonly #sets: SQL[] = []
  /** Asked in this order, and a set is only filled where it is asked for. */
  readonly #areFew: SQL[] = []

  setOf(table: OwnedTable, whose: Whose): SQL {
    const { kind, belonging, through = [], pointer } = whose
    const key = `${getTableName(table)} ${kind}`
    const known = this.#names.get(key)
    if (known !== undefined) return known
    this.kinds.add(kind)
    const most = whose.few ?? (through.length > 0 ? fewThrough : fewRows)
    const parts: SQL[] = []
    if (belonging !== undefined) {
      // Counted first, from the index alone: whoever has many waits for no rows that are of no use.
      this.#areFew.push(isFew(rowsOf(table, { kind, belonging, most }, sql`1`), most))
      parts.push(rowsOf(table, { kind, belonging, most }, sql`${table.id} as id`))
    }
    for (const way of through) {
      parts.push(pointingAt(this.setOf(way.table, way.whose), way, most))
    }
    let name = this.#add(parts, most)
    if (pointer !== undefined) {
      name = this.#add([sql`select id from ${name}`, pointingAt(name, { pointer, id: table.id }, most)], most)
    }
    if (through.length > 0) this.#areFew.push(isFew(sql`select from ${name}`, most))
    this.#names.set(key, name)
    return name
  }

  idsOf(set: SQL): SQL {
    return sql`with ${sql.join(this.#sets, sql`, `)}
      select case when ${sql.join(this.#areFew, sql` and `)}
        then (select coalesce(array_agg(own.id), '{}')::text from ${set} as own) end as ids`
  }

  #add(parts: readonly SQL[], most: number): SQL {
    const name = sql`${sql.identifier(`own_${this.#sets.length}`)}`
    const rows = sql.join(
      parts.map((part) => sql`(${part})`),
      sql` union all `,
    )
    this.#sets.push(sql`${name} as materialized (select r.id from (${rows}) as r limit ${literal(most + 1)})`)
    return name
  }
}

function isFew(rows: SQL, most: number): SQL {
  return sql`(select count(*) from (${rows}) as counted) <= ${literal(most)}`
}

interface Sought {
  kind: LimitedKind
  belonging: Findable
  most: number
}

function rowsOf(table: PgTable, { kind, belonging, most }: Sought, what: SQL): SQL {
  const enough = literal(most + 1)
  const { found } = belonging
  const question = ({ where, orderBy }: Rows) =>
    sql`(select ${what} from ${table} where ${where} order by ${orderBy} limit ${enough})`
  const questions = found.rowsOf(sql`p.person`).map(question)
  const ofPeople = sql`
    select r.* from unnest(${seenPeople(kind)}) as p(person)
    cross join lateral (${sql.join(questions, sql` union all `)}) as r limit ${enough}`
  const { others = [] } = found
  if (others.length === 0) return ofPeople
  const all = sql.join([sql`(${ofPeople})`, ...others.map(question)], sql` union all `)
  return sql`${all} limit ${enough}`
}

/** The limit keeps Postgres from joining with all rows there are: each is looked for by what it points at. */
function pointingAt(set: SQL, { pointer, id }: Pick<Through, 'pointer' | 'id'>, most: number): SQL {
  const enough = literal(most + 1)
  return sql`
    select r.id from ${set} as f
    cross join lateral (select ${id} as id from ${pointer.table} where ${pointer} = f.id and ${id} is not null limit ${enough}) as r limit ${enough}`
}
