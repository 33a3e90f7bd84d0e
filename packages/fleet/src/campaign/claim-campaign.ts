import type { Run, RunsRepository } from '@tenantry/app-db/runs'
import { readMigrations } from '@tenantry/migrations/folder'
import { migrationsFolder } from '@tenantry/tenant-db/provision'
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { FleetFailure } from '../databases/failure.ts'

/** What distinguishes one campaign from another. */
export interface CampaignRequest {
  only: readonly string[]
  canary: readonly string[]
  folder?: string | undefined
  operatorName: string
}

/**
 * Claims the fleet for one campaign: there is one at a time. Goes on with the last one when it was interrupted or killed
 * and the same was asked for, with the same migrations; begins anew otherwise. Throws RUN_IN_PROGRESS.
 */
export async function claimCampaign(
  runs: RunsRepository,
  { only, canary, folder = migrationsFolder, operatorName }: CampaignRequest,
): Promise<Run> {
  const migrations = await readMigrations(folder)
  const hash = createHash('sha256')
  for (const migration of migrations) hash.update(`${migration.tag} ${migration.hash}\n`)
  const input = {
    target: migrations.at(-1)?.tag ?? '',
    migrations: hash.digest('hex'),
    only: [...only],
    canary: [...canary],
  }
  const [last] = await runs.list({ kind, limit: 1 })
  const isOpen = last?.status === 'interrupted' || last?.status === 'running'
  const resumed = isOpen && isDeepStrictEqual(last.input, input) ? await runs.resume({ kind }) : undefined
  return resumed ?? (await runs.start({ kind, input, startedBy: operatorName }))
}

/** What the last campaign could not do, by database. */
export async function lastFailures(runs: RunsRepository): Promise<ReadonlyMap<string, FleetFailure>> {
  const [last] = await runs.list({ kind, limit: 1 })
  if (last === undefined) return new Map()
  const units = await runs.unitsOf(last.id)
  return new Map(
    units.flatMap(({ key, status, errorCode, errorDetail }) =>
      // What `runCampaign` noted down.
      status === 'failed' ? [[key, { ...errorDetail, code: errorCode } as FleetFailure]] : [],
    ),
  )
}

const kind = 'fleet.migrate'
