import type { LocalServer } from '@tenantry/local-postgres'
import { setTimeout as sleep } from 'node:timers/promises'
import { openCuttingProxy } from './cutting-proxy.ts'
import { openDesk, waitForWrites } from './desk.ts'
import { judgePhase, type PhaseFigures } from './phase.ts'
import type { Say } from './run.ts'
import { openStageOfOne } from './stage.ts'
import { startWorkers } from './workers.ts'

/**
 * The network fails instead of the server, which finishes what it has begun: here some of the commits whose answer is
 * lost are stored.
 */
export async function cutConnections(server: LocalServer, count: number, say: Say): Promise<PhaseFigures> {
  await using stage = await openStageOfOne(server)
  await using admin = await stage.openAdmin()
  await using proxy = await openCuttingProxy(stage.tenant.app)
  const desk = openDesk(stage.tenant, proxy.target)
  const workers = startWorkers(desk)
  await waitForWrites([desk], 20)
  let recovered = 0
  for (let cut = 0; cut < count; cut++) {
    say(`${cut} of ${count} connections cut`)
    while (!proxy.cutOne()) await sleep(5)
    if (await waitForWrites([desk], 2)) recovered++
    await sleep(Math.random() * 10)
  }
  await workers.stop()
  await desk.pool.close()
  // What a server still does for a connection that is gone ends soon.
  await sleep(200)
  return await judgePhase(admin.run, { name: 'connections cut', accidents: count, recovered }, [{ desk, workers }])
}
