import { TenantryError } from '@tenantry/errors'
import { bringUpToDate } from './run.ts'
import { identityQuestion, type DatabaseIdentity } from '@tenantry/tenant-db/proof'
import { raiseEpochOn } from '@tenantry/tenant-db/epoch'
import { atOneMoment, lockTransfer, openSides, type Sides, type TransferOptions } from './sides.ts'
import { prepareChanges } from './sync/apply-changed.ts'
import { noteOwnWork, ownWorkSince, type OwnWork, type OwnWorkSince } from './sync/own-work.ts'
import { reconcile } from './sync/reconcile.ts'
import { assertHeldByPolicies, restoreSource, revokeSource } from './sync/source-rights.ts'
import { drainStream, dropStream, type Drained } from './sync/stream.ts'
import type { Difference } from './sync/compare.ts'
import { verifyAtThisMoment, verifySides, type Verification } from './verify.ts'

export interface CutoverOptions extends TransferOptions {
  /** Longest time that nobody may write; after it the old system goes on by itself. Default 10,000. */
  pauseMs?: number
  /** The login that serves requests loses its rights on the old tables. */
  applicationRole: string
}

export interface Cutover {
  /** From the moment the first write could be held back to the moment the tenant database was in charge; null when it was before. */
  pausedMs: number | null
  /** What the pause was spent on, in order. */
  pauseSteps: PauseStep[]
  /** Transactions that came while the last ones were being taken over. */
  drained: number
  /** Rows that were compared within the pause. */
  comparedInPause: number
  verification: Verification | null
}

export interface PauseStep {
  step: string
  ms: number
}

/**
 * Switches one company over. Until the flip the old system is in charge, from its commit on the tenant database is; between
 * the two nobody writes, for a bounded time that ends by itself. Whoever is killed anywhere runs it again: before the flip
 * it begins anew, after it only what is left is done. Throws TRANSFER_INCOMPLETE before anybody is held up.
 */
export async function cutOver(options: CutoverOptions): Promise<Cutover> {
  await using sides = await openSides(options)
  await lockTransfer(sides)
  if (sides.tenant.transfer?.state === 'moved') {
    await tidyUp(sides, options)
    return { pausedMs: null, pauseSteps: [], drained: 0, comparedInPause: 0, verification: null }
  }
  await assertHeldByPolicies(sides, options.applicationRole)
  // A cutover that was begun is not stopped half-way: before the pause it holds nobody up.
  const { stop: _stop, ...whole } = options
  const { isOnline } = await bringUpToDate(sides, whole, { trust: 'the stream' })
  options.onProgress?.({ step: 'comparing both sides' })
  const verification = await verifySides(sides)
  assertSame(verification)
  await assertNoOlderTransaction(sides)
  await noteOwnWork(sides)
  options.onProgress?.({ step: 'switching over' })
  const switched = isOnline ? await switchOnline(sides, options) : await switchAtRest(sides, options)
  await tidyUp(sides, options)
  return { ...switched, verification }
}

/** Until little is left to take over, or as little as can be while the company is at work, so that the pause is short. */
async function catchUp(sides: Sides): Promise<void> {
  await atOneMoment(sides, () => prepareChanges(sides))
  let most = Number.POSITIVE_INFINITY
  for (let round = 0; round < 20; round++) {
    const { transactions } = await atOneMoment(sides, () => drainAndCompare(sides))
    if (transactions <= 10 || (round > 3 && transactions > 0.8 * most)) return
    most = Math.min(most, transactions)
  }
}

/** Everything was compared before, so what was written since is all that can differ; what comes is compared at once. */
async function drainAndCompare(sides: Sides, how: Parameters<typeof drainStream>[1] = {}): Promise<Drained> {
  const drained = await drainStream(sides, how)
  if (drained.differing > 0) throw incomplete(drained.differing)
  return drained
}

async function switchOnline(sides: Sides, options: CutoverOptions): Promise<Omit<Cutover, 'verification'>> {
  await catchUp(sides)
  return await whilePaused(sides, options, async (onStep) => {
    const { transactions, compared } = await atOneMoment(sides, () => drainAndCompare(sides, { isLast: true, onStep }))
    return { drained: transactions, comparedInPause: compared }
  })
}

/** Without a stream nobody knows what was written since, so the pause lasts as long as a comparison of everything. */
async function switchAtRest(sides: Sides, options: CutoverOptions): Promise<Omit<Cutover, 'verification'>> {
  return await whilePaused(sides, options, (onStep) =>
    atOneMoment(sides, async () => {
      await reconcile(sides, sides.manifest.entries, 'everything')
      onStep('bringing rows')
      const verification = await verifyAtThisMoment(sides, 10)
      assertSame(verification)
      onStep('comparing everything')
      return { drained: 0, comparedInPause: verification.tables.reduce((sum, { rows }) => sum + rows, 0) }
    }),
  )
}

async function whilePaused<T>(
  { tenant }: Sides,
  { transfers, operatorName, pauseMs = 10_000, onProgress }: CutoverOptions,
  work: (onStep: (step: string) => void) => Promise<T>,
): Promise<T & { pausedMs: number; pauseSteps: PauseStep[] }> {
  const { slug } = tenant
  // Whatever has to be dialled for it is dialled before anybody waits.
  await transfers.tenant(slug)
  const begun = performance.now()
  const pauseSteps: PauseStep[] = []
  let last = begun
  const onStep = (step: string) => {
    const now = performance.now()
    pauseSteps.push({ step, ms: Math.round((now - last) * 10) / 10 })
    last = now
    onProgress?.({ step })
  }
  try {
    await transfers.pause(operatorName, slug, { forMs: pauseMs, lockMs: 2000 })
    onStep('holding writes back')
    const result = await work(onStep)
    await transfers.flip(operatorName, slug, 2000)
    onStep('switching')
    return { ...result, pausedMs: Math.round(last - begun), pauseSteps }
  } catch (error) {
    // What could not be asked for now ends by itself in a few seconds.
    await transfers.resume(operatorName, slug).catch(() => undefined)
    throw error
  }
}

/** All of it can be done again, and nothing of it decides who is in charge. */
async function tidyUp(sides: Sides, { applicationRole, onProgress }: CutoverOptions): Promise<void> {
  onProgress?.({ step: 'revoking the old tables' })
  await revokeSource(sides, applicationRole)
  await dropStream(sides)
}

export interface RollbackOptions extends TransferOptions {
  /** Gives the company its old rows back even though the new ones have been changed since. */
  discardChanges?: boolean
}

export interface Rollback {
  /** Rows that are left behind in the tenant database; 0 unless changes were discarded. */
  discarded: number
  /** What the company did in tables that the old system does not have. */
  ownWork: OwnWork[]
}

/**
 * The old system is in charge again, with the rights it had; its rows were kept. Whoever is killed runs it again: until the
 * switch the tenant database is in charge, and is only read while it is compared. Throws TRANSFER_COMPANY_CHANGED when it has
 * been written to since the cutover, unless that is to be discarded; it is written to again then. Throws DATABASE_BUSY.
 */
export async function rollBack(options: RollbackOptions): Promise<Rollback> {
  const { transfers, operatorName, slug } = options
  await using sides = await openSides(options)
  await lockTransfer(sides)
  if (sides.tenant.transfer?.state !== 'moved') {
    await transfers.resume(operatorName, slug)
    await restoreSource(sides)
    await dropStream(sides)
    return { discarded: 0, ownWork: [] }
  }
  const rolledBack = await whileNobodyWrites(sides, options, async (version) => {
    options.onProgress?.({ step: 'comparing both sides' })
    const { differences } = await verifySides(sides)
    const own = await ownWorkSince(sides)
    const ownWork = own.work
    if (options.discardChanges !== true) assertUnchanged(differences, { ...own, slug })
    options.onProgress?.({ step: 'switching back' })
    await transfers.rollBack(operatorName, slug, version)
    return { discarded: ownWork.reduce((sum, { rows }) => sum + rows, differences.length), ownWork }
  })
  options.onProgress?.({ step: 'opening the old tables' })
  await restoreSource(sides)
  await dropStream(sides)
  return rolledBack
}

/**
 * Nobody begins to write who asks from now on, nobody commits who asked before, and the epoch keeps out who asked before and
 * writes late, in whichever process. Only then is known what there is to leave behind.
 */
async function whileNobodyWrites<T>(
  { target }: Sides,
  { transfers, operatorName, slug, onProgress }: RollbackOptions,
  work: (version: number) => Promise<T>,
): Promise<T> {
  onProgress?.({ step: 'holding writes back' })
  await transfers.hold(operatorName, slug)
  try {
    await raiseEpochOn(target.run)
    onProgress?.({ step: 'noting the epoch' })
    const [database] = await target.run<DatabaseIdentity>(identityQuestion)
    if (database === undefined) throw new TenantryError('TENANT_DATABASE_MISMATCH')
    return await work(await transfers.heldAs(operatorName, slug, database.identity))
  } catch (error) {
    // What could not be asked for now is asked for by running it again, or by `tenant resume`.
    await transfers.release(operatorName, slug).catch(() => undefined)
    throw error
  }
}

function assertUnchanged(differences: Difference[], { work, isNoted, slug }: OwnWorkSince & { slug: string }): void {
  if (differences.length === 0 && work.length === 0) return
  const changed = differences.map(({ table }) => table)
  const worked = work.map(({ table, of }) => (of === undefined ? table : `${table} (of ${of.join(', ')})`))
  const inTables = [...new Set([...changed, ...worked])].join(', ')
  const what = isNoted
    ? `This company has been changed since it moved in, in ${inTables}.`
    : `This company moved in before it was noted what came with its database, so whatever stands in ${inTables} may be its own work since then.`
  throw new TenantryError('TRANSFER_COMPANY_CHANGED', {
    message: `${what} The old system has none of it. To go back and leave it behind: pnpm tenantry transfer rollback ${slug} --discard ${slug}`,
    data: { differences: differences.slice(0, 100), ownWork: work, isNoted },
  })
}

function assertSame(verification: Verification): void {
  if (!verification.ok) throw incomplete(verification.differences.length, verification)
}

function incomplete(count: number, verification?: Verification): TenantryError {
  return new TenantryError('TRANSFER_INCOMPLETE', {
    data: { differences: count, ...(verification && { first: verification.differences.slice(0, 20) }) },
  })
}

/**
 * A transaction that began before the transfer did, under repeatable read, would not see that its company is moving, and
 * would write past the guard.
 */
async function assertNoOlderTransaction({ control, tenant }: Sides): Promise<void> {
  const startedAt = tenant.transfer?.startedAt
  if (startedAt === undefined) return
  const found = await control.run<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'
       and xact_start < $1::timestamptz and pid <> pg_backend_pid()`,
    [startedAt],
  )
  if (found.length === 0) return
  throw new TenantryError('CONFLICT', {
    message: `A transaction that is older than the transfer is still open in the application database (process ${found.map(({ pid }) => pid).join(', ')}). End it and try again.`,
  })
}
