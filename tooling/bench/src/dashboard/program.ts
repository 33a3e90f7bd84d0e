import { openProduct } from '../product/runtime.ts'
import { readProgramInput } from '../program-input.ts'
import { repeat } from '../caller/repeat.ts'
import { interleave, rounds } from '../rounds.ts'
import { sendResult } from '../run-program.ts'

/** Milliseconds of a call in each round. */
export type DashboardTimes = Record<'overview' | 'page', number[]>

const { world, seconds = 5 } = readProgramInput()
const runtime = openProduct(world)
const slice = { atOnce: 1, seconds: seconds / rounds }

await sendResult(() =>
  interleave({
    overview: msOf((caller) => caller.dashboard.overview({})),
    page: msOf((caller) => caller.opportunities.list({ limit: 50 })),
  }),
)

/** A grant lives for a minute, so each slice begins with a session of its own. */
function msOf(perform: (caller: ReturnType<typeof runtime.callerFor>) => Promise<unknown>) {
  return async () => {
    const caller = runtime.callerFor({ cookieHeader: world.cookie })
    return 1000 / (await repeat(() => perform(caller), slice))
  }
}
