import { withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import { isTenantryError } from '@tenantry/errors'
import { differencesIn, wordsOf } from '@tenantry/fleet/drift'
import { readFingerprint } from '@tenantry/fleet/fingerprint'
import { repair } from '@tenantry/fleet/repair'
import { meets } from '@tenantry/fleet/shadow'
import type { TenantDatabase } from '@tenantry/testing/tenant-database'
import type { Plant } from './plants.ts'
import { healthyWays, openDedicated, type Stage } from './stage.ts'

/** What became of one planted drift. */
export interface PlantOutcome {
  name: string
  /** The fingerprint gave it away, and one difference has the expected name. */
  found: boolean
  differences: string[]
  /** The statements of the repair, in as far as somebody other than a person can do it. */
  steps: string[]
  /** The fingerprint is as it should be again. */
  repaired: boolean
  /** What had to happen happened. */
  held: boolean
  error: string | null
}

export interface HealthyOutcome {
  name: string
  differences: string[]
  held: boolean
}

/** Databases that were made in different ways, and must all have the one fingerprint. */
export async function lookAtHealthy(stage: Stage): Promise<HealthyOutcome[]> {
  const outcomes: HealthyOutcome[] = []
  for (const { name, open } of healthyWays) {
    await using database = await open(stage)
    outcomes.push(
      await withAdminConnection(database.admin, async (run) => {
        const held = meets(await readFingerprint(run), stage.expected.fingerprint)
        return { name, held, differences: wordsOf((await differencesIn(run, stage.expected)).differences) }
      }),
    )
  }
  return outcomes
}

/** Plants each drift, finds it, repairs it over the tenant's service login, and looks again. */
export async function runPlants(
  stage: Stage,
  plants: readonly Plant[],
  say: (text: string) => void = () => {},
): Promise<PlantOutcome[]> {
  let database: TenantDatabase | undefined
  const outcomes: PlantOutcome[] = []
  for (const plant of plants) {
    say(`${outcomes.length} of ${plants.length}: ${plant.name}`)
    database ??= await openDedicated(stage)
    const outcome = await runPlant(stage, database, plant)
    outcomes.push(outcome)
    // A repaired one is as good as new, and the next plant proves it. Any other has to go.
    if (outcome.repaired) continue
    await database.drop()
    database = undefined
  }
  await database?.drop()
  return outcomes
}

async function runPlant(
  { expected }: Stage,
  { admin, ownerRole, tenants }: TenantDatabase,
  plant: Plant,
): Promise<PlantOutcome> {
  const [tenant] = tenants
  if (!tenant) throw new Error('the database has a tenant')
  const names = { app: tenant.app.user, owner: ownerRole, database: admin.database }
  const sql = Object.entries(names).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), plant.sql)
  await withAdminConnection(admin, (run) => run(sql))
  return await withAdminConnection(tenant.service, async (run) => {
    const { differences, repair: plan } = await differencesIn(run, expected)
    const words = wordsOf(differences)
    const found = !(await isHealthy(run, expected)) && words.some((one) => plant.words.test(one))
    const error = await repairAs(run, admin, expected, plant).then(
      () => null,
      (failure: unknown) => describe(failure),
    )
    const repaired = await isHealthy(run, expected)
    const isSaid = plan.some(({ destroys }) => destroys) === (plant.destroys ?? false)
    const held = found && isSaid && repaired === (plant.by !== 'a person') && error === null
    return { name: plant.name, found, differences: words, steps: plan.map((step) => step.sql), repaired, held, error }
  })
}

async function repairAs(
  run: AdminRun,
  admin: TenantDatabase['admin'],
  expected: Stage['expected'],
  { by, destroys }: Plant,
) {
  // Without leave to destroy nothing that holds rows may go.
  if (destroys) {
    await repair(run, expected, { mayDestroy: false })
    if (await isHealthy(run, expected)) throw new Error('rows went without leave')
  }
  await repair(run, expected, { mayDestroy: true })
  if (by !== 'administrator') return
  if (await isHealthy(run, expected)) throw new Error('no administrator was needed')
  const { repair: left } = await differencesIn(run, expected)
  await withAdminConnection(admin, async (asAdmin) => {
    for (const { sql } of left) await asAdmin(sql)
  })
}

async function isHealthy(run: AdminRun, expected: Stage['expected']): Promise<boolean> {
  return meets(await readFingerprint(run), expected.fingerprint)
}

function describe(failure: unknown): string {
  if (!isTenantryError(failure)) return String(failure)
  return `${failure.message} ${JSON.stringify(failure.detail ?? {})}`
}
