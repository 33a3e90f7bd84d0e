import type { CopyLink } from '@tenantry/connections/copy'
import { createHash } from 'node:crypto'
import { TenantryError } from '@tenantry/errors'
import { legacyTableNames, type LegacyTable } from '../legacy/columns.ts'
import { literal } from '../manifest/expressions.ts'
import type { Sides } from '../sides.ts'
import { applyChanged, type Applied } from './apply-changed.ts'
import { ChangedKeys } from './changed-keys.ts'
import { ChangeReader, type RowChange } from './change-messages.ts'
import { formatLsn, parseLsn, putPosition, readPosition } from './marks.ts'
import { rowBatches } from './row-batches.ts'

/**
 * The slot and the publication of a company have one name. Slots belong to the whole server, where a copy of the application
 * database can hold the same company, so the name says which database it is of.
 */
export function streamName({ database, company }: StreamPlace): string {
  return `${streamPrefix(database)}${company.legacyTenantId.replaceAll('-', '')}`
}

/** Of all streams of one application database. */
export function streamPrefix(database: string): string {
  return `tenantry_${createHash('sha256').update(database).digest('hex').slice(0, 12)}_`
}

export interface StreamPlace {
  /** Of the old tables. */
  database: string
  company: Pick<Sides['company'], 'legacyTenantId'>
}

/**
 * Whether changes can flow while the company works: a publication with a filter on its rows, and a slot that keeps them
 * until we have them. `isNew` when there was none: what was copied before is then not known to be what it was.
 */
export async function ensureStream(sides: Sides): Promise<{ isOpen: boolean; isNew: boolean }> {
  const { control, company, target } = sides
  const [server] = await control.run<{ level: string }>(`select current_setting('wal_level') as level`)
  if (server?.level !== 'logical') return { isOpen: false, isNew: false }
  const name = streamName(sides)
  const [slot] = await control.run<{ lost: boolean; here: boolean }>(
    `select coalesce(wal_status = 'lost', false) as lost, database = current_database() as here from pg_replication_slots where slot_name = $1`,
    [name],
  )
  const isKept = slot?.lost === false && slot.here && (await readPosition(target)) !== undefined
  if (isKept) return { isOpen: true, isNew: false }
  if (slot?.here === true) await control.run('select pg_drop_replication_slot($1)', [name])
  await control.run(`drop publication if exists ${name}`)
  const tables = legacyTableNames.map(
    (table) => `public.${table} where (tenant_id = ${literal(company.legacyTenantId)})`,
  )
  await control.run(`create publication ${name} for table ${tables.join(', ')}`)
  const [made] = await control.run<{ lsn: string }>(
    `select lsn::text as lsn from pg_create_logical_replication_slot($1, 'pgoutput')`,
    [name],
  )
  await putPosition(target, parseLsn(made?.lsn ?? '0/0'))
  return { isOpen: true, isNew: true }
}

export async function hasStream({ control, target, ...which }: Sides): Promise<boolean> {
  const found = await control.run(
    `select from pg_replication_slots where slot_name = $1 and wal_status is distinct from 'lost'`,
    [streamName(which)],
  )
  return found.length > 0 && (await readPosition(target)) !== undefined
}

export async function dropStream({ control, ...which }: StreamPlace & Pick<Sides, 'control'>): Promise<void> {
  const name = streamName(which)
  await control.run('select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1', [name])
  await control.run(`drop publication if exists ${name}`)
}

export interface Drained extends Applied {
  /** Transactions that were taken over. */
  transactions: number
}

/**
 * Takes over what was written in the old tables since the last time, as of the moment of the reading transaction that is
 * open on the source; afterwards the tenant database says what the old tables said at that moment. The place in the stream
 * is written in the same transaction as the rows. `isLast` leaves the slot where it is: it is dropped right after.
 */
export async function drainStream(
  sides: Sides,
  { isLast = false, onStep }: { isLast?: boolean; onStep?: (step: string) => void } = {},
): Promise<Drained> {
  const { source, target, control } = sides
  const [[moment], position = 0n] = await Promise.all([
    source.run<{ snapshot: string }>('select pg_current_snapshot()::text as snapshot'),
    readPosition(target),
  ])
  const isVisible = visibilityIn(moment?.snapshot ?? '')
  const { transactions, changes } = await readTransactions(control, { name: streamName(sides), after: position })
  onStep?.('reading the log')
  // What was committed after our moment is looked at as it was then, and will come again.
  const seen = transactions.findIndex(({ xid }) => !isVisible(xid))
  const done = seen < 0 ? transactions : transactions.slice(0, seen)
  const end = done.at(-1)?.end ?? position
  const applied = await applyChanged(sides, keysOf(sides, changes), () => putPosition(target, end))
  onStep?.('bringing and comparing rows')
  if (end > position && !isLast) await advanceSlot(sides, end)
  return { transactions: done.length, ...applied }
}

/**
 * Whoever reads the slot again begins where all transactions of then are over, which Postgres notes down by itself only
 * every few seconds; noted now, the next reading is short.
 */
async function advanceSlot({ control, ...which }: Sides, end: bigint): Promise<void> {
  await control.run('select pg_replication_slot_advance($1, $2::pg_lsn)', [streamName(which), formatLsn(end)])
  await control.run('select pg_log_standby_snapshot()')
}

interface StreamTransaction {
  xid: bigint
  end: bigint
}

async function readTransactions(
  control: CopyLink,
  { name, after }: { name: string; after: bigint },
): Promise<{ transactions: StreamTransaction[]; changes: RowChange[] }> {
  // A commit that waits for the disk takes everything before it along; the reader sees only what has reached the disk.
  await control.run(
    `begin; set local synchronous_commit = local; select pg_logical_emit_message(true, 'tenantry', ''); commit`,
  )
  const query = `select data from pg_logical_slot_peek_binary_changes('${name}', null, null, 'proto_version', '1', 'publication_names', '${name}')`
  const reader = new ChangeReader()
  const transactions: StreamTransaction[] = []
  const changes: RowChange[] = []
  let xid = 0n
  let pending: RowChange[] = []
  for await (const { bytes } of rowBatches(control.copyOut(`copy (${query}) to stdout`), 1 << 18)) {
    for (const line of linesOf(bytes)) {
      const message = reader.read(Buffer.from(line.slice(3), 'hex'))
      if (message.kind === 'begin') xid = message.xid
      else if (message.kind === 'row') pending.push(message.change)
      else if (message.kind === 'truncate')
        throw new TenantryError('TRANSFER_INCOMPLETE', {
          message: 'An old table was truncated while companies move out of it. Start the transfer again.',
        })
      else if (message.kind === 'commit') {
        if (message.end > after) {
          transactions.push({ xid, end: message.end })
          for (const change of pending) changes.push(change)
        }
        pending = []
      }
    }
  }
  return { transactions, changes }
}

/** `\\x…` each: COPY doubles the backslash. */
function linesOf(bytes: Buffer): string[] {
  return bytes
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '')
}

function keysOf({ manifest }: Sides, changes: RowChange[]): ChangedKeys {
  const keys = new ChangedKeys()
  for (const { table, versions } of changes) {
    for (const version of versions) {
      const id = version['id']
      // The publication names these tables and no others.
      if (id) keys.add(table as LegacyTable, [id])
      addKinOf(manifest.moves, keys, table, version)
    }
  }
  return keys
}

/** What a row shared with others before it changed; the row itself has forgotten it. */
function addKinOf(
  moves: Sides['manifest']['moves'],
  keys: ChangedKeys,
  table: string,
  version: Record<string, string | null>,
): void {
  for (const { column, of, table: other } of moves.find(({ source }) => source === table)?.kin ?? []) {
    const value = version[of]
    if (value) keys.addSharing(other, column, value)
  }
}

/** Of a snapshot `xmin:xmax:xip,…`: which transactions had been committed or rolled back at its moment. */
function visibilityIn(snapshot: string): (xid: bigint) => boolean {
  const [, most = '0', running = ''] = snapshot.split(':')
  const xmax = BigInt(most)
  const under = new Set(running === '' ? [] : running.split(',').map(BigInt))
  return (short) => {
    // The stream tells the lower half; the upper half is that of the snapshot, or the one before.
    const near = (xmax & ~0xffffffffn) | short
    const xid = near > xmax + 0x7fffffffn ? near - 0x100000000n : near
    return xid < xmax && !under.has(xid)
  }
}
