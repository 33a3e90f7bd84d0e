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
  await waitForWrites(desks, 50)
  const hit: Record<string, number> = {}
  let recovered = 0
  for (let killed = 0; killed < count; killed++) {
    say(`${killed} of ${count} backends killed`)
    const state = await killOne(admin.run, stage.roles)
    hit[state] = (hit[state] ?? 0) + 1
    if (await waitForWrites(desks, 2)) recovered++
    await sleep(Math.random() * 20)
  }
  await Promise.all(staff.map(({ workers }) => workers.stop()))
  await Promise.all(desks.map(({ pool }) => pool.close()))
  return await judgePhase(admin.run, { name: 'backends killed', accidents: count, recovered, hit }, staff)
}

/** Resolves with the state in which the backend was. */
async function killOne(admin: AdminRun, roles: string[]): Promise<string> {
  for (;;) {
    const [victim] = await admin<{ state: string | null; ended: boolean }>(killAnyone, [roles])
    if (victim?.ended === true) return victim.state ?? 'starting'
    await sleep(5)
  }
}

const killAnyone = `
  with victim as materialized (
    select pid, state from pg_stat_activity where usename = any ($1::name[]) order by random() limit 1)
  select state, pg_terminate_backend(pid) as ended from victim`
