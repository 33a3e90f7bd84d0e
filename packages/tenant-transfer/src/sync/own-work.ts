import { quoted } from '../manifest/entry.ts'
import { inTransaction, type Sides } from '../sides.ts'
import { ownWorkMark } from './marks.ts'

/** What a company did in its tenant database that the old tables have no place for: quotes, payments, histories. */
export interface OwnWork {
  table: string
  /** So many more or fewer than there were; 1 where rows changed and their number did not. */
  rows: number
  /** Of the history: of which records. */
  of?: string[]
}

/** Worked out of other rows, or kept in step with the application database: nobody loses them. */
const derivedTables = new Set([
  'identity',
  'invoice_sums',
  'member_refs',
  'opportunity_sums',
  'search_texts',
  'transfer_marks',
  'webhook_attempts',
  'webhook_changes',
  'webhook_listening',
  'webhook_messages',
])

/** Before a company is switched over: what stands in those tables then came with the database. */
export async function noteOwnWork(sides: Sides): Promise<void> {
  const found = await lookAtOwnTables(sides)
  await inTransaction(sides.target, async () => {
    await sides.target.run(`delete from crm.transfer_marks where name like $1`, [`${ownWorkMark}%`])
    await sides.target.run(
      `insert into crm.transfer_marks (name, rows, is_done, position)
       select $1 || name, rows, true, hash from jsonb_to_recordset($2::jsonb) t (name text, rows bigint, hash text)`,
      [ownWorkMark, JSON.stringify(found)],
    )
  })
}

export interface OwnWorkSince {
  work: OwnWork[]
  /** Of a company that was switched over before this was noted everything is its own work, also what came with the database. */
  isNoted: boolean
}

/** Compared with then. */
export async function ownWorkSince(sides: Sides): Promise<OwnWorkSince> {
  const noted = await sides.target.run<Contents>(
    `select substr(name, length($1) + 1) as name, rows::text as rows, position as hash from crm.transfer_marks where name like $1 || '%'`,
    [ownWorkMark],
  )
  const before = new Map(noted.map((contents) => [contents.name, contents]))
  const work: OwnWork[] = []
  for (const { name, rows, hash } of await lookAtOwnTables(sides)) {
    const then = before.get(name) ?? { rows: '0', hash: '0' }
    if (then.rows === rows && then.hash === hash) continue
    const of = name === 'record_changes' ? await changedSince(sides, then.rows) : undefined
    work.push({ table: name, rows: Math.max(1, Math.abs(Number(rows) - Number(then.rows))), ...(of && { of }) })
  }
  return { work, isNoted: noted.length > 0 }
}

/** The history only grows. */
async function changedSince({ target }: Sides, rows: string): Promise<string[]> {
  const found = await target.run<{ entity: string }>(
    `select distinct entity from (select entity from crm.record_changes order by id offset $1::bigint) added order by 1`,
    [rows],
  )
  return found.map(({ entity }) => entity)
}

type Contents = { name: string; rows: string; hash: string }

/** Every table of the schema but those that are moved into; of a table that is moved into in part, the other part. */
async function lookAtOwnTables({ target, manifest }: Sides): Promise<Contents[]> {
  const present = await target.run<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
     where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  )
  const conditionOf = (name: string) => {
    const entries = manifest.entries.filter((entry) => entry.target === name)
    if (entries.length === 0) return derivedTables.has(name) ? undefined : 'true'
    const moved = entries.map(({ targetWhere }) => targetWhere)
    return moved.includes(undefined) ? undefined : `not (${moved.join(' or ')})`
  }
  const queries = present.flatMap(({ name }) => {
    const condition = conditionOf(name)
    if (condition === undefined) return []
    return `select '${name}' as name, count(*)::text as rows, coalesce(sum(hashtextextended(t::text, 0)), 0)::text as hash
      from (select * from crm.${quoted(name)} where ${condition}) t`
  })
  return await inTransaction(target, async () => {
    // Rows as texts, whatever the server's settings are by then.
    await target.run(`set local timezone = 'UTC'; set local datestyle = 'ISO'; set local bytea_output = 'hex'`)
    return await target.run<Contents>(queries.join(' union all '))
  })
}
