import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** Seconds of a processor. */
export interface ProcessorTime {
  /** All processes of the PostgreSQL server. */
  server: number
  /** This process. */
  client: number
}

/** What `work` costs in processor time, whatever else the machine does; undefined where there is no /proc. */
export async function processorTimeOf(admin: Target, work: () => Promise<void>): Promise<ProcessorTime | undefined> {
  const before = await readTimes(admin)
  await work()
  // A backend's time is its server's once it has ended.
  await sleep(200)
  const after = await readTimes(admin)
  if (before === undefined || after === undefined) return undefined
  return { server: after.server - before.server, client: after.client - before.client }
}

async function readTimes(admin: Target): Promise<ProcessorTime | undefined> {
  const { user, system } = process.cpuUsage()
  const [first = ''] = await withAdminConnection(admin, (run) =>
    run<{ pid: string }>(`select split_part(pg_read_file('postmaster.pid'), e'\\n', 1) as pid`),
  ).then((rows) => rows.map(({ pid }) => pid))
  const server = await ticksOf(Number(first))
  return server === undefined ? undefined : { server: server / ticksPerSecond, client: (user + system) / 1_000_000 }
}

/** Of the server with its ended children, and of each child that lives. */
async function ticksOf(server: number): Promise<number | undefined> {
  const own = await statOf(String(server))
  if (own === undefined) return undefined
  let ticks = own.ticks + own.endedChildren
  for (const name of await readdir('/proc')) {
    const child = /^\d+$/.test(name) ? await statOf(name) : undefined
    if (child?.parent === server) ticks += child.ticks
  }
  return ticks
}

async function statOf(pid: string) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  // The name of the program, in parentheses, may hold anything; behind it the parent is the 2nd, the times are from the 12th.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const at = (index: number) => fields[index] ?? 0
  return { parent: at(1), ticks: at(11) + at(12), endedChildren: at(13) + at(14) }
}

/** USER_HZ, the same on every Linux there is. */
const ticksPerSecond = 100
