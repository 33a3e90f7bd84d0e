import { urlOf } from '@tenantry/connections/target'
import type { Role } from '@tenantry/contracts/roles'
import { sessionCookie } from '@tenantry/testing/session-cookie'
import { openTenantStates } from '@tenantry/testing/tenant-states'
import { createWorld, type World, type WorldHome, type WorldPerson } from '@tenantry/testing/world'
import { mainServer } from '@tenantry/vitest-config/servers'
import { openFolderStore } from '@tenantry/files/folder-store'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Browser } from './browser.fixture.ts'
import { openRuntime, type Runtime, type RuntimeConfig } from './runtime.ts'

export const sessionSecret = 'a secret of at least thirty-two characters'
export const origin = 'http://crm.example.test'

/** A world behind a runtime that serves it over HTTP, as one server process does. */
export interface ServedWorld<Slug extends string> extends AsyncDisposable {
  world: World<Slug>
  runtime: Runtime
  config: RuntimeConfig
  /** Where it listens. */
  port: number
  /** What the runtime has logged, a line of JSON each. */
  logged: string[]
  /** Where its files are. */
  filesFolder: string
  /** A browser in which somebody has just signed in. */
  browserOf(person: WorldPerson): Promise<Browser>
  as(slug: Slug, role?: Role): Promise<Browser>
  /** A browser in which nobody has. */
  stranger(): Browser
  close(): Promise<void>
}

/** One server process. */
export async function serveConfig(config: RuntimeConfig) {
  const runtime = openRuntime(config)
  const server = createServer((request, response) => {
    const { url = '' } = request
    if (url.startsWith('/api/files/')) void runtime.handleFiles(request, response)
    else if (url.startsWith('/api/calendar/')) void runtime.handleCalendar(request, response)
    else if (url.startsWith('/api/v1/')) void runtime.handleRest(request, response)
    else if (url.startsWith('/api/inbound/')) void runtime.handleInbound(request, response)
    else void runtime.handleTrpc(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await runtime.close()
  }
  return { runtime, port, close, [Symbol.asyncDispose]: close }
}

export async function serveWorld<Slug extends string>(
  homes: Record<Slug, WorldHome>,
  changes: Partial<RuntimeConfig> = {},
): Promise<ServedWorld<Slug>> {
  const world = await createWorld(mainServer(), homes)
  const logged: string[] = []
  const filesFolder = await mkdtemp(join(tmpdir(), 'tenantry-files-'))
  const config: RuntimeConfig = {
    appDatabaseUrl: urlOf(world.appTarget),
    keys: world.keys,
    sessionSecret,
    origin,
    trustedProxyHops: 0,
    openTenantStates,
    logDestination: { write: (line) => void logged.push(line) },
    files: openFolderStore(filesFolder),
    ...changes,
  }
  const served = await serveConfig(config)
  const { runtime, port } = served
  const browserOf = async (person: WorldPerson) =>
    new Browser(port, sessionCookie(sessionSecret, await world.startSession(person)))
  const close = async () => {
    await served.close()
    await world.close()
    await rm(filesFolder, { recursive: true, force: true })
  }
  return {
    world,
    runtime,
    config,
    port,
    logged,
    filesFolder,
    browserOf,
    as: (slug, role = 'owner') => browserOf(world.tenants[slug].people[role]),
    stranger: () => new Browser(port, undefined),
    close,
    [Symbol.asyncDispose]: close,
  }
}
