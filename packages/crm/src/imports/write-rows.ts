import type { Contact } from '@tenantry/contracts/contacts'
import type { CellError, ImportKey } from '@tenantry/contracts/imports'
import { isTenantryError, type TenantryError } from '@tenantry/errors'
import type { PendingRow, SettledRow, StoredBatch, TenantDb } from '@tenantry/tenant-db/types'
import { v7 } from 'uuid'
import { placeOf, type CheckedRow } from './check-rows.ts'

type GoodRow = Extract<CheckedRow<PendingRow>, { input: object }>
interface Insert {
  row: number
  id: string
  input: object
}
interface Update {
  row: number
  recordId: string
  patch: () => object
  /** The row of the same part that makes the record. */
  after: number | undefined
}

/** What is to be done with some rows. */
interface Plan {
  inserts: Insert[]
  updates: Update[]
  settled: SettledRow[]
}

/** Writes rows as records, within the transaction, by the rule for those that are there already. */
export async function writeRows(
  db: TenantDb,
  batch: StoredBatch,
  rows: readonly CheckedRow<PendingRow>[],
): Promise<SettledRow[]> {
  const { inserts, updates, settled } = await planFor(db, batch, rows)
  const made = await writeEach(db, batch, { rows: inserts, write: insertAll })
  const lost = new Set(made.filter(({ outcome }) => outcome === 'failed').map(({ row }) => row))
  settled.push(...made)
  const isLost = ({ after }: Update) => after !== undefined && lost.has(after)
  for (const { row } of updates.filter(isLost)) settled.push(failed(row, [firstHasFailed]))
  for (const round of roundsOf(updates.filter((update) => !isLost(update))))
    settled.push(...(await writeEach(db, batch, { rows: round, write: updateAll })))
  return settled
}

const firstHasFailed = {
  column: null,
  field: null,
  message: 'The row above that it belongs to could not be imported.',
}

async function planFor(db: TenantDb, batch: StoredBatch, rows: readonly CheckedRow<PendingRow>[]): Promise<Plan> {
  const { entity, dedupe } = batch
  const plan: Plan = { inserts: [], updates: [], settled: [] }
  const good: GoodRow[] = []
  for (const row of rows) {
    if (row.input === undefined) plan.settled.push(failed(row.from.row, row.errors))
    else good.push(row)
  }
  if (dedupe.rule === 'none') {
    plan.inserts = good.map(({ from, input }) => ({ row: from.row, id: v7(), input }))
    return plan
  }
  const { rule, by } = dedupe
  const keys = good.map(({ input }) => keysOf(entity, by, input))
  const known = await db.imports.matches({ entity, by, keys: [...new Set(keys.flatMap(([key = []]) => key))] })
  const made = new Map<string, Insert[]>()
  for (const [index, { from, input, patch }] of good.entries()) {
    const [key, ...others] = keys[index] ?? []
    const ids = (key !== undefined && known.get(key)) || []
    const firsts = (key !== undefined && made.get(key)) || []
    const recordId = ids[0] ?? firsts[0]?.id
    if (recordId === undefined) {
      const insert = { row: from.row, id: v7(), input }
      plan.inserts.push(insert)
      for (const name of key === undefined ? [] : [key, ...others]) made.set(name, [...(made.get(name) ?? []), insert])
    } else if (rule === 'skip') plan.settled.push(settledAs(from.row, 'skipped', recordId))
    else if (ids.length + firsts.length > 1) plan.settled.push(failed(from.row, [severalMatch(batch, by)]))
    else plan.updates.push({ row: from.row, recordId, patch, after: firsts[0]?.row })
  }
  return plan
}

function severalMatch(batch: StoredBatch, by: ImportKey): CellError {
  return { ...placeOf(batch, by), message: 'Several records have this value: which one is meant cannot be told.' }
}

/** What a record is looked for by, if the row says it, and what else it is known by to the rows behind. */
function keysOf(entity: StoredBatch['entity'], by: ImportKey, input: object): string[] {
  const key = keyOf(entity, by, input)
  if (key === undefined) return []
  if (entity !== 'opportunity') return [key]
  // Of the company that the row names, or of any.
  const { accountId } = input as { accountId?: string | null }
  return accountId == null ? [`* ${key}`] : [`${accountId} ${key}`, `* ${key}`]
}

/** What tells a record from others, as the database compares it; undefined where the row does not say. */
function keyOf(entity: StoredBatch['entity'], by: ImportKey, input: object): string | undefined {
  const fields = input as Record<string, unknown> & { points?: Contact['points'] }
  const textOf = (name: string) => (typeof fields[name] === 'string' ? fields[name] : undefined)
  if (by === 'name') {
    const person = [textOf('firstName'), textOf('lastName')].filter(Boolean).join(' ')
    if (entity === 'account' || entity === 'catalog_item' || entity === 'opportunity') return textOf('name')
    if (entity === 'contact') return person || undefined
    return person || textOf('company') || textOf('email') || textOf('phone')
  }
  const value = entity === 'contact' ? fields.points?.find(({ kind }) => kind === by)?.value : textOf(by)
  return by === 'email' ? value?.toLowerCase() : value
}

/** Updates in which no record is named twice: where several rows are about one, each finds what the one before has left. */
function roundsOf(updates: readonly Update[]): Update[][] {
  const rounds: Update[][] = []
  const named = new Map<string, number>()
  for (const update of updates) {
    const round = named.get(update.recordId) ?? 0
    named.set(update.recordId, round + 1)
    ;(rounds[round] ??= []).push(update)
  }
  return rounds
}

type Write<Row> = (part: TenantDb, batch: StoredBatch, rows: readonly Row[]) => Promise<SettledRow[]>

async function insertAll(part: TenantDb, batch: StoredBatch, rows: readonly Insert[]): Promise<SettledRow[]> {
  await part.imports.insert(batch, rows)
  return rows.map(({ row, id }) => settledAs(row, 'created', id))
}

async function updateAll(part: TenantDb, batch: StoredBatch, rows: readonly Update[]): Promise<SettledRow[]> {
  const patches = rows.map(({ recordId, patch }) => ({ recordId, patch: patch() }))
  const outcomes = await part.imports.update(batch, patches)
  return rows.flatMap(({ row, recordId }, index) => {
    const outcome = outcomes[index]
    if (outcome === undefined) return []
    if (outcome.refusal !== undefined) return [failed(row, [asCellError(batch, outcome.refusal)])]
    const { before } = outcome
    // Nothing to take back where nothing was different.
    return before === null
      ? [settledAs(row, 'skipped', recordId)]
      : [{ ...settledAs(row, 'updated', recordId), before }]
  })
}

/** All at once; what is refused is halved until the rows are found that it is because of. */
async function writeEach<Row extends { row: number }>(
  tenantDb: TenantDb,
  batch: StoredBatch,
  { rows, write }: { rows: readonly Row[]; write: Write<Row> },
): Promise<SettledRow[]> {
  const [first] = rows
  if (first === undefined) return []
  try {
    return await tenantDb.transaction((part) => write(part, batch, rows))
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (rows.length === 1) return [failed(first.row, [asCellError(batch, error)])]
    const middle = Math.ceil(rows.length / 2)
    const before = await writeEach(tenantDb, batch, { rows: rows.slice(0, middle), write })
    return [...before, ...(await writeEach(tenantDb, batch, { rows: rows.slice(middle), write }))]
  }
}

/** What a row is refused for; anything else is about all rows. */
function isRefusal(error: unknown): error is TenantryError {
  const codes = ['BAD_INPUT', 'RULE_VIOLATED', 'CONFLICT', 'FORBIDDEN', 'NOT_FOUND'] as const
  return codes.some((code) => isTenantryError(error, code))
}

function asCellError(batch: StoredBatch, { message, data }: TenantryError): CellError {
  const { field, fields = {} } = (data ?? {}) as { field?: unknown; fields?: Record<string, string[]> }
  // A custom field that was changed since the row was read.
  const [custom] = Object.entries(fields)
  if (custom !== undefined) return { ...placeOf(batch, custom[0]), message: custom[1][0] ?? message }
  const names = (typeof field === 'string' ? cellsOf[field] : undefined) ?? [typeof field === 'string' ? field : '']
  const named = names.find((name) => batch.mapping.some((filled) => filled.field === name)) ?? names[0]
  return { ...placeOf(batch, named ?? ''), message }
}

/** Which cells fields come from that no column is called after. */
const cellsOf: Readonly<Record<string, readonly string[]>> = {
  ownerId: ['owner'],
  accounts: ['company'],
  accountId: ['company'],
  contactId: ['contact'],
  points: ['email'],
  stageId: ['stage', 'pipeline', 'outcome'],
  amountMinor: ['amount', 'amountMinor'],
}

function settledAs(row: number, outcome: 'created' | 'updated' | 'skipped', recordId: string): SettledRow {
  return { row, outcome, recordId, errors: null, before: null }
}

function failed(row: number, errors: CellError[]): SettledRow {
  return { row, outcome: 'failed', recordId: null, errors, before: null }
}
