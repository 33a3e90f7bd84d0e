import { transferColumns, transferKey, type TransferTable } from '@tenantry/tenant-db/transfer'
import type { LegacyTable } from '../legacy/columns.ts'
import { assertPlain, type Company } from './company.ts'
import type { Entry, EntryColumn } from './entry.ts'
import { filled, literal } from './expressions.ts'
import type { Given } from './given.ts'
import { pipelineId, pipelineRows } from './stages.ts'
import type { AnyMove, AnyPart, Decision, Expression, Value } from './table-move.ts'
import { accounts } from './tables/accounts.ts'
import { attachments } from './tables/attachments.ts'
import { communications } from './tables/communications.ts'
import { contactAccounts } from './tables/contact-accounts.ts'
import { contacts } from './tables/contacts.ts'
import { eventDates } from './tables/event-dates.ts'
import { events } from './tables/events.ts'
import { leads } from './tables/leads.ts'
import { locations } from './tables/locations.ts'
import { notes } from './tables/notes.ts'
import { opportunities } from './tables/opportunities.ts'
import { opportunityLineItems } from './tables/opportunity-line-items.ts'
import { tasks } from './tables/tasks.ts'

/**
 * How one company moves in: everything is said as queries over the old tables, which give rows in their new form. What is
 * copied, what is put into quarantine and what is compared afterwards are the same queries.
 */
export interface Manifest {
  company: Company
  /** In the order in which they depend on each other. */
  moves: AnyMove[]
  /** In the order in which their rows can be put. The last one is the quarantine. */
  entries: Entry[]
  /** The quarantine of some tables only. */
  quarantineOf(tables: readonly LegacyTable[]): Entry
  /** True for a row of the table that cannot be moved in; the row goes by the table's name. */
  isRejected(table: LegacyTable): Expression
}

/** Throws CONFIGURATION_INVALID. */
export function manifestOf(company: Company): Manifest {
  assertPlain(company)
  const rejected = new Map<LegacyTable, Expression>()
  const isRejected = (table: LegacyTable) => {
    const found = rejected.get(table)
    if (found === undefined) throw new TypeError(`${table} is asked for before it is in the manifest`)
    return found
  }
  const given: Given = {
    company,
    isMoved: (table, id) =>
      `exists (select from public.${table} where ${table}.tenant_id = ${literal(company.legacyTenantId)} and ${table}.id = ${id} and not ${isRejected(table)})`,
  }
  const moves = allMoves.map((describe) => {
    const move = describe(given)
    const conditions = move.rejects.map(({ when }) => `coalesce(${when}, false)`)
    rejected.set(move.source, `(${conditions.join(' or ') || 'false'})`)
    return move
  })
  const rowEntries = moves.flatMap((move) => entriesOf(move, { company, isRejected }))
  const beforeOpportunities = rowEntries.findIndex(({ target }) => target === 'opportunities')
  return {
    company,
    moves,
    entries: alike([
      ...rowEntries.slice(0, beforeOpportunities),
      ...pipelineEntries(company),
      ...rowEntries.slice(beforeOpportunities),
      quarantineOf(moves, company, isRejected),
    ]),
    quarantineOf: (tables) =>
      quarantineOf(
        moves.filter(({ source }) => tables.includes(source)),
        company,
        isRejected,
      ),
    isRejected,
  }
}

/** Entries of one target get the same columns, so that their rows can stand in one staging table and be compared as one. */
function alike(entries: Entry[]): Entry[] {
  return entries.map((entry) => {
    const named = new Map(
      entries
        .filter(({ target }) => target === entry.target)
        .flatMap(({ columns }) => columns.map((column) => [column.name, column])),
    )
    const columns = transferColumns(entry.target).flatMap((fact) => {
      const column = entry.columns.find(({ name }) => name === fact.name)
      if (column !== undefined) return [column]
      if (!named.has(fact.name)) return []
      if (fact.isNotNull || fact.hasDefault)
        throw new TypeError(`${entry.name} leaves out ${fact.name}, which others write`)
      return [{ name: fact.name, type: fact.type, sql: `null::${inSource(fact.type)}` }]
    })
    return { ...entry, columns }
  })
}

const allMoves: ((given: Given) => AnyMove)[] = [
  accounts,
  contacts,
  contactAccounts,
  locations,
  opportunities,
  opportunityLineItems,
  leads,
  events,
  eventDates,
  tasks,
  notes,
  attachments,
  communications,
]

interface Surroundings {
  company: Company
  isRejected(table: LegacyTable): Expression
}

function entriesOf(move: AnyMove, { company, isRejected }: Surroundings): Entry[] {
  const { source } = move
  return move.parts.map((part, index) => {
    const key = part.key ?? `${source}.id`
    const given: Record<string, Value | Expression> = {
      ...(index === 0 && copiedValues(move)),
      ...(part.values as Record<string, Value | Expression>),
      id: key,
    }
    const where = [
      `${source}.tenant_id = ${literal(company.legacyTenantId)}`,
      `not ${isRejected(source)}`,
      ...(part.when === undefined ? [] : [`(${part.when})`]),
    ]
    return {
      name: index === 0 ? source : `${source} → ${part.target}${nth(move.parts, index)}`,
      source,
      target: part.target,
      columns: columnsOf(part.target, given),
      key: ['id'],
      from: `from ${rowsOf(move)} where ${where.join(' and ')}`,
      fromAfter: (lastId) => `from ${rowsOf(move, inOrder(move, company, lastId))} where ${where.join(' and ')}`,
      sourceId: `${source}.id`,
      keyOfChanged: key.replaceAll(`${source}.id`, 'changed.id'),
      isRow: index === 0,
    }
  })
}

/** `offset 0` keeps Postgres from putting each prepared expression back wherever its name stands. */
function rowsOf({ source, prepared }: AnyMove, rows = `public.${source}`): string {
  const named = Object.entries(prepared ?? {}).map(([name, sql]) => `${sql} as ${name}`)
  return named.length === 0 ? rows : `${rows} cross join lateral (select ${named.join(', ')} offset 0) prepared`
}

/** Sorted before anything is worked out of the rows, so that the first of them come at once. */
function inOrder({ source }: AnyMove, { legacyTenantId }: Company, lastId: string | undefined): string {
  const after = lastId === undefined ? '' : ` and id > ${literal(lastId)}`
  return `(select * from public.${source} where tenant_id = ${literal(legacyTenantId)}${after} order by id offset 0) ${source}`
}

/** Several parts of one table can have one target. */
function nth(parts: readonly AnyPart[], index: number): string {
  const same = parts.slice(1).filter(({ target }) => target === parts[index]?.target)
  const at = parts.slice(1, index + 1).filter(({ target }) => target === parts[index]?.target).length
  return same.length > 1 ? ` ${at}` : ''
}

function copiedValues({ source, decisions }: AnyMove): Record<string, Expression> {
  return Object.fromEntries(
    Object.entries<Decision>(decisions).flatMap(([column, decision]) =>
      decision.kind === 'copied' ? [[decision.to, `${source}.${column}`]] : [],
    ),
  )
}

/** In the order of the target's columns; each is cast to the type it will have. */
function columnsOf(target: TransferTable, given: Record<string, Value | Expression>): EntryColumn[] {
  const facts = transferColumns(target)
  const unknown = Object.keys(given).filter((name) => !facts.some((fact) => fact.name === name && !fact.isGenerated))
  if (unknown.length > 0) throw new TypeError(`${target} has no column ${unknown.join(', ')} to write to`)
  const missing = facts.filter(
    ({ name, isNotNull, hasDefault, isGenerated }) => isNotNull && !hasDefault && !isGenerated && !(name in given),
  )
  if (missing.length > 0)
    throw new TypeError(`${target} needs a value for ${missing.map(({ name }) => name).join(', ')}`)
  return facts.flatMap(({ name, type }) => {
    const value = given[name]
    if (value === undefined) return []
    return [{ name, type, sql: `(${typeof value === 'string' ? value : value.sql})::${inSource(type)}` }]
  })
}

/** The old database need not have the extension. */
function inSource(type: string): string {
  return type === 'citext' ? 'text' : type
}

function pipelineEntries(company: Company): Entry[] {
  const { pipelines, stages } = pipelineRows(company)
  const whole = (target: 'pipelines' | 'pipeline_stages', query: string, names: string[]): Entry => ({
    name: target,
    source: undefined,
    target,
    columns: transferColumns(target).flatMap(({ name, type }) =>
      names.includes(name) ? [{ name, type, sql: `made.${name}` }] : [],
    ),
    key: ['id'],
    from: `from (${query}) made where true`,
    fromAfter: undefined,
    sourceId: undefined,
    keyOfChanged: undefined,
    isRow: false,
    targetWhere: `${target === 'pipelines' ? 'id' : 'pipeline_id'} = ${pipelineId(company)}`,
  })
  return [
    whole('pipelines', pipelines, ['id', 'name', 'position']),
    whole('pipeline_stages', stages, [
      'id',
      'pipeline_id',
      'name',
      'position',
      'kind',
      'probability',
      'forecast_category',
    ]),
  ]
}

function quarantineOf(moves: AnyMove[], company: Company, isRejected: Surroundings['isRejected']): Entry {
  const query = moves.flatMap((move) => quarantineQueries(move, company, isRejected)).join('\nunion all\n')
  return {
    name: 'quarantine',
    source: undefined,
    target: 'transfer_quarantine',
    columns: transferColumns('transfer_quarantine').map(({ name, type }) => ({ name, type, sql: `noted.${name}` })),
    key: transferKey('transfer_quarantine'),
    from: `from (${query}) noted where true`,
    fromAfter: undefined,
    sourceId: undefined,
    keyOfChanged: undefined,
    isRow: false,
  }
}

/** One query for the rows that cannot be moved in, one for the values that rows are moved in without. */
function quarantineQueries(move: AnyMove, company: Company, isRejected: Surroundings['isRejected']): string[] {
  const { source, rejects } = move
  const ofCompany = `${source}.tenant_id = ${literal(company.legacyTenantId)}`
  const reasons = rejects.map(({ reason, when }) => `when ${when} then ${literal(reason)}`)
  const rows = `select ${literal(source)} as source_table, ${source}.id as source_id, ''::text as column_name,
    (case ${reasons.join(' ')} end) as reason, to_jsonb(${source}) as content
    from public.${source} where ${ofCompany} and ${isRejected(source)}`
  const lost = lostValues(move)
  if (lost.length === 0) return [rows]
  const values = lost.map(
    ({ column, reason, when }) =>
      `(${literal(column)}, ${literal(reason)}, coalesce(${when}, false), to_jsonb(${source}.${column}))`,
  )
  const isAny = lost.map(({ when }) => `(${when})`).join(' or ')
  return [
    rows,
    // Most rows lose nothing, and are not looked at value by value.
    `select ${literal(source)}, ${source}.id, lost.column_name, lost.reason, jsonb_build_object(lost.column_name, lost.value)
    from ${rowsOf(move)} cross join lateral (values ${values.join(', ')}) lost (column_name, reason, is_lost, value)
    where ${ofCompany} and not ${isRejected(source)} and (${isAny}) and lost.is_lost`,
  ]
}

function lostValues({ source, parts }: AnyMove): { column: string; reason: string; when: Expression }[] {
  return parts.flatMap((part) =>
    Object.values<Value | Expression | undefined>(part.values).flatMap((value) => {
      if (value === undefined || typeof value === 'string' || value.lost === undefined) return []
      const { column, reason, when } = value.lost
      return [
        {
          column,
          reason,
          when: when ?? `${filled(`${source}.${column}::text`)} is not null and (${value.sql}) is null`,
        },
      ]
    }),
  )
}
