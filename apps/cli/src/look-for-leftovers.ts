import type { RunListItem } from '@tenantry/app-db/runs'
import { isTenantryError } from '@tenantry/errors'
import { findLeftovers, sweepLeftover, type Leftover as FleetLeftover } from '@tenantry/fleet/leftovers'
import { findLostStreams, sweepLostStream, type LostStream } from '@tenantry/tenant-transfer/lost-streams'
import { withAccess, type Access } from './access.ts'
import { askToGoOn } from './manners/consent.ts'
import { openServers, type Servers } from './servers-file.ts'
import type { Shell } from './shell.ts'
import { sweepEach, sweepKind, type Sweeper } from './sweep-run.ts'

/** On the servers of tenants, and of moves on that of the application database. */
export type Leftover = FleetLeftover | LostStream

export type UnfinishedRun = Pick<RunListItem, 'id' | 'kind' | 'subject' | 'status' | 'startedBy'>

/** Null without a servers file: whoever only looks need not have administrators' logins. */
export async function lookForLeftovers(shell: Shell, { app }: Access): Promise<Leftover[] | null> {
  const servers = findServers(shell)
  if (servers === undefined) return null
  const ofTenants = await findLeftovers({ app, servers: servers.all.map(({ admin }) => admin) })
  return [...ofTenants, ...(await findLostStreams(servers.appAdmin))]
}

/** Removes what was found, after asking, and gives what is still there. */
export async function sweep(sweeper: Sweeper, found: Leftover[] | null): Promise<Leftover[] | null> {
  const { shell, options } = sweeper
  if (found === null || found.length === 0) return found
  const names = found.map(({ kind, name }) => `  ${kind} ${name}`).join('\n')
  await askToGoOn(shell, options, `${names}\nRemove these ${found.length}?`)
  const { all, appAdmin } = openServers(shell)
  const servers = all.map(({ admin }) => admin)
  return await withAccess(shell, async (access) => {
    await sweepEach(sweeper, access, {
      items: found,
      subject: 'leftovers',
      title: 'Sweeping',
      nameOf: ({ kind, name, host, port }) => `${kind} ${name} at ${host}:${port}`,
      sweepOne: async (leftover) => {
        if (isLostStream(leftover)) await sweepLostStream(appAdmin, leftover)
        else await sweepLeftover({ app: access.app, servers }, leftover)
        return {}
      },
    })
    return await lookForLeftovers(shell, access)
  })
}

function isLostStream(leftover: Leftover): leftover is LostStream {
  return leftover.kind === 'slot' || leftover.kind === 'publication'
}

/** The newest run of each kind and subject, where it stopped before its end. What a sweep left is found anew by itself. */
export async function unfinishedRuns({ app }: Access): Promise<UnfinishedRun[]> {
  const newest = new Map<string, RunListItem>()
  for (const run of await app.runs.list({ limit: 1_000 })) {
    const key = `${run.kind} ${run.subject}`
    if (!newest.has(key)) newest.set(key, run)
  }
  return [...newest.values()]
    .filter(({ kind }) => kind !== sweepKind)
    .filter((run) => run.status === 'interrupted' || (run.status === 'running' && run.isStale))
    .map(({ id, kind, subject, status, startedBy }) => ({ id, kind, subject, status, startedBy }))
}

function findServers(shell: Shell): Servers | undefined {
  try {
    return openServers(shell)
  } catch (error) {
    if (isTenantryError(error, 'CONFIGURATION_INVALID') && shell.env.TENANTRY_SERVERS_FILE === undefined)
      return undefined
    throw error
  }
}
