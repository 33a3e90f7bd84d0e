import type { LocalServer } from '@tenantry/local-postgres'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDesk, waitForWrites } from './desk.ts'
import { judgePhase, type PhaseFigures } from './phase.ts'
import type { Say } from './run.ts'
import { openStageOfOne } from './stage.ts'
import { startWorkers } from './workers.ts'

/** A durable server is killed with all its backends under 12 writers, and started again on the same data. */
export async function killServer(server: LocalServer, count: number, say: Say): Promise<PhaseFigures> {
  await using stage = await openStageOfOne(server)
  const desk = openDesk(stage.tenant)
  const workers = startWorkers(desk)
  let recovered = 0
  for (let killed = 0; killed < count; killed++) {
    say(`the server was killed ${killed} of ${count} times`)
    await waitForWrites([desk], 20)
    await sleep(Math.random() * 200)
    await server.kill()
    await server.restart()
    if (await waitForWrites([desk], 1)) recovered++
  }
  await workers.stop()
  await desk.pool.close()
  await using admin = await stage.openAdmin()
  const phase = { name: 'server killed', accidents: count, recovered }
  return await judgePhase(admin.run, phase, [{ desk, workers }])
}
