import type { AdminRun } from '@tenantry/connections/admin'
import type { LocalServer } from '@tenantry/local-postgres'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDesk, waitForWrites } from './desk.ts'
import { judgePhase, type PhaseFigures } from './phase.ts'
import type { Say } from './run.ts'
import { openStage } from './stage.ts'
import { startWorkers } from './workers.ts'

/** Two tenants share a database; each has 12 workers on a pool of 4, and their backends are killed at random. */
export async function killBackends(server: LocalServer, count: number, say: Say): Promise<PhaseFigures> {
  await using stage = await openStage(server, 2)
  await using admin = await stage.openAdmin()
  const desks = stage.tenants.map((tenant) => openDesk(tenant))
  const staff = desks.map((desk) => ({ desk, workers: startWorkers(desk) }))
  await Promise.all(desks.map((desk) => waitForWrites(desk, 20)))
  const hit = await killAtRandom(admin.run, stage.roles, count, say)
  await Promise.all(staff.map(({ workers }) => workers.stop()))
  await Promise.all(desks.map(({ pool }) => pool.close()))
  return await judgePhase(admin.run, { name: 'backends killed', accidents: count, hit }, staff)
}

/** Resolves with how many were killed in which state. */
async function killAtRandom(admin: AdminRun, roles: string[], count: number, say: Say) {
  const hit: Record<string, number> = {}
  for (let killed = 0; killed < count;) {
    say(`${killed} of ${count} backends killed`)
    const [victim] = await admin<{ state: string | null; ended: boolean }>(killOne, [roles])
    if (victim?.ended === true) {
      const state = victim.state ?? 'starting'
      hit[state] = (hit[state] ?? 0) + 1
      killed++
    }
    await sleep(Math.random() * 25)
  }
  return hit
}

const killOne = `
  with victim as materialized (
    select pid, state from pg_stat_activity where usename = any ($1::name[]) order by random() limit 1)
  select state, pg_terminate_backend(pid) as ended from victim`
