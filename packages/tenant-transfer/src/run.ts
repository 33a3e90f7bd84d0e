import { TenantryError } from '@tenantry/errors'
import type { Entry } from './manifest/entry.ts'
import { assertDecided } from './manifest/undecided.ts'
import { atOneMoment, lockTransfer, openSides, type Sides, type TransferOptions } from './sides.ts'
import { copyEntry } from './sync/copy-entry.ts'
import { guardSource } from './sync/guard-source.ts'
import { readMarks } from './sync/marks.ts'
import { putMembers } from './sync/put-members.ts'
import { reconcile } from './sync/reconcile.ts'
import { drainStream, ensureStream } from './sync/stream.ts'

export interface TransferRun {
  /** False when it was stopped before everything had been copied. */
  isWhole: boolean
  /** Changes keep flowing from here on: `transfer run` and `transfer cutover` take them over. */
  isOnline: boolean
  /** Rows read from the old tables by the first copy. */
  copied: number
  /** Rows of the tenant database that were not there, or otherwise; 0 when there was nothing to do. */
  changed: number
}

/**
 * Moves the company's rows in, or goes on with it: what a killed run has put stays, what it has not follows, and what was
 * written in the meantime too. The old system stays in charge. Throws TRANSFER_RUNNING, TRANSFER_PLAN_INCOMPLETE, CONFLICT.
 */
export async function runTransfer(options: TransferOptions): Promise<TransferRun> {
  await using sides = await openSides(options)
  await lockTransfer(sides)
  return await bringUpToDate(sides, options, { trust: 'nothing' })
}

/**
 * The same with both sides open and locked, as a cutover begins with it. Who trusts what was copied and the stream does
 * without the comparison that finds rows somebody has spoiled since.
 */
export async function bringUpToDate(
  sides: Sides,
  options: TransferOptions,
  given: { trust: 'nothing' | 'the stream' },
): Promise<TransferRun> {
  const { transfers, operatorName, slug, onProgress } = options
  if (sides.tenant.transfer?.state === 'moved') {
    throw new TenantryError('CONFLICT', { message: 'This company has moved in already; the old rows are shut.' })
  }
  await assertDecided(sides.control.run)
  if (sides.tenant.transfer === undefined) await assertEmpty(sides)
  await transfers.begin(operatorName, slug, sides.company.legacyTenantId)
  onProgress?.({ step: 'guarding the old tables' })
  await guardSource(sides)
  await putMembers(sides)
  const before = await readMarks(sides.target)
  const stream = options.withoutStream === true ? noStream : await ensureStream(sides)
  // What this run copied itself, as of its one moment, nobody can have spoiled. What was copied before the stream began, or
  // without one, may be out of date in ways nobody told of.
  const needsLook = before.size > 0 && (given.trust === 'nothing' || stream.isNew || !stream.isOpen)
  const result = await atOneMoment(sides, async () => {
    const { rows, changed, isWhole } = await copyAll(sides, options)
    // Giving up the reading connection is how a stream of rows is stopped.
    if (!isWhole) return { rows, changed, isWhole }
    const drained = stream.isOpen ? await drainStream(sides) : undefined
    const healed = needsLook ? await reconcile(sides, sides.manifest.entries, 'everything') : 0
    return { rows, changed: changed + (drained?.changed ?? 0) + healed, isWhole }
  })
  if (result.isWhole) await sides.target.run(chooseDefaultPipeline)
  return { isWhole: result.isWhole, isOnline: stream.isOpen, copied: result.rows, changed: result.changed }
}

const noStream = { isOpen: false, isNew: false }

async function copyAll(
  sides: Sides,
  { onProgress, batchBytes, stop }: TransferOptions,
): Promise<{ rows: number; changed: number; isWhole: boolean }> {
  const { entries } = sides.manifest
  const marks = await readMarks(sides.target)
  const isLeft = (entry: Entry) => entry.sourceId !== undefined && marks.get(entry.name)?.isDone !== true
  const lastLeft = entries.findLastIndex(isLeft)
  let rows = 0
  let changed = 0
  if (lastLeft < 0) return { rows, changed, isWhole: true }
  for (const [index, entry] of entries.entries()) {
    const mark = marks.get(entry.name)
    if (isLeft(entry) || entry.sourceId === undefined) {
      const onRows = (count: number) => onProgress?.({ step: entry.name, rows: count })
      const result = await copyEntry(sides, entry, { mark, batchBytes, stop, onRows })
      rows += result.rows
      changed += result.changed
      if (!result.isWhole) return { rows, changed, isWhole: false }
    }
    // Rows that follow may point at what has come since an earlier run copied this.
    if (mark !== undefined && index < lastLeft) changed += await reconcile(sides, [entry], 'what is missing')
  }
  return { rows, changed, isWhole: true }
}

/** Rows that somebody made here cannot be told from rows that should not be here. Pipelines come with the database. */
async function assertEmpty({ target, manifest }: Sides): Promise<void> {
  const tables = new Set(
    manifest.entries.filter(({ targetWhere }) => targetWhere === undefined).map((entry) => entry.target),
  )
  const some = [...tables].map((table) => `(select '${table}' as name from crm.${table} limit 1)`)
  const found = await target.run<{ name: string }>(some.join(' union all '))
  if (found.length === 0) return
  throw new TenantryError('CONFLICT', {
    message: `The tenant database has rows of its own already, in ${found.map(({ name }) => name).join(', ')}. A company moves into an empty one.`,
  })
}

/** A company needs one; where the database came with pipelines of the trade, it has it. */
const chooseDefaultPipeline = `update crm.pipelines p set is_default = true where p.position = 1000 and p.name = 'Moved in'
  and not exists (select from crm.pipelines other where other.is_default and other.deleted_at is null)`
