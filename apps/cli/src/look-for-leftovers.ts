import type { RunListItem } from '@tenantry/app-db/runs'
import { isTenantryError } from '@tenantry/errors'
import { findLeftovers, sweepLeftover, type Leftover } from '@tenantry/fleet/leftovers'
import { withAccess, type Access } from './access.ts'
import { askToGoOn, type WritingOptions } from './manners/consent.ts'
import { openServers, type Servers } from './servers-file.ts'
import { progressOf, type OutputOptions, type Shell } from './shell.ts'

export type UnfinishedRun = Pick<RunListItem, 'id' | 'kind' | 'subject' | 'status' | 'startedBy'>

/** Null without a servers file: whoever only looks need not have administrators' logins. */
export async function lookForLeftovers(shell: Shell, { app }: Access): Promise<Leftover[] | null> {
  const servers = findServers(shell)
  if (servers === undefined) return null
  return await findLeftovers({ app, servers: servers.all.map(({ admin }) => admin) })
}

/** Removes what was found, after asking, and gives what is still there. */
export async function sweep(
  shell: Shell,
  options: OutputOptions & WritingOptions,
  found: Leftover[] | null,
): Promise<Leftover[] | null> {
  if (found === null || found.length === 0) return found
  const names = found.map(({ kind, name }) => `  ${kind} ${name}`).join('\n')
  await askToGoOn(shell, options, `${names}\nRemove these ${found.length}?`)
  const servers = openServers(shell).all.map(({ admin }) => admin)
  return await withAccess(shell, async (access) => {
    await progressOf(shell, options).meter('Sweeping', found.length, async (advance) => {
      for (const leftover of found) {
        await sweepLeftover({ app: access.app, servers }, leftover)
        advance()
      }
    })
    return await lookForLeftovers(shell, access)
  })
}

/** The newest run of each kind and subject, where it stopped before its end. */
export async function unfinishedRuns({ app }: Access): Promise<UnfinishedRun[]> {
  const newest = new Map<string, RunListItem>()
  for (const run of await app.runs.list({ limit: 1_000 })) {
    const key = `${run.kind} ${run.subject}`
    if (!newest.has(key)) newest.set(key, run)
  }
  return [...newest.values()]
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
