import { openAppDb } from '@tenantry/app-db/open'
import { withAdminConnection } from '@tenantry/connections/admin'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { isTenantryError } from '@tenantry/errors'
import { cutOver, rollBack } from '@tenantry/tenant-transfer/cutover'
import { runTransfer } from '@tenantry/tenant-transfer/run'
import { targetFrom, type PlainTarget } from '../ground.ts'
import { Points, readCrashInput } from '../points.ts'

export interface TransferProgramInput {
  verb: 'run' | 'cutover' | 'rollback'
  app: PlainTarget
  appAdmin: PlainTarget
  /** The login of the old system. */
  legacy: PlainTarget
  keys: string
  slug: string
  legacyTenantId: string
}

const input = await readCrashInput<TransferProgramInput>()
const { verb, slug, legacyTenantId } = input
const points = new Points(input.killAt)
await using app = openAppDb({ target: targetFrom(input.app) })
await writeAsTheOldSystem()
points.pass('begun')
const steps = new Map<string, number>()
const options = {
  transfers: app.transfers,
  keyring: parseKeyring(input.keys),
  source: targetFrom(input.appAdmin),
  operatorName: 'matrix',
  slug,
  legacyTenantId,
  batchBytes: 12_000,
  onProgress: ({ step }: { step: string }) => {
    const nth = (steps.get(step) ?? 0) + 1
    steps.set(step, nth)
    points.pass(nth === 1 ? step : `${step} ${nth}`)
  },
}
if (verb === 'run') await runTransfer(options)
else if (verb === 'rollback') await rollBack(options)
else await cutOver({ ...options, pauseMs: 4000, applicationRole: input.app.user ?? '' })

/**
 * The company at work. Its write is taken exactly when the old system is in charge: one that is refused while it is, or
 * taken while it is not, would be one side too few or one too many.
 */
async function writeAsTheOldSystem(): Promise<void> {
  const { transfer } = await app.transfers.tenant(slug)
  const isPaused = transfer?.state === 'paused' && Date.parse(transfer.pausedUntil ?? '') > Date.now()
  const mayWrite = transfer?.state !== 'moved' && !isPaused
  const refusal = await withAdminConnection(targetFrom(input.legacy), (run) =>
    run('insert into public.notes (tenant_id, body) values ($1, $2)', [legacyTenantId, `before ${verb}`]),
  ).then(
    () => undefined,
    (error: unknown) => (isTenantryError(error) ? error.detail?.['sqlstate'] : String(error)),
  )
  // A pause can end between the question and the write.
  if (mayWrite ? refusal !== undefined : refusal === undefined && !isPaused) {
    throw new Error(
      `the old system ${mayWrite ? `was refused (${String(refusal)})` : 'could write'} in state ${String(transfer?.state)}`,
    )
  }
}
