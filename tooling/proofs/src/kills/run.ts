import { startServer } from '@tenantry/local-postgres'
import { killBackends } from './backend-kills.ts'
import { cutConnections } from './connection-cuts.ts'
import { tryDeadEndpoints, type EndpointFigures } from './dead-endpoints.ts'
import type { PhaseFigures } from './phase.ts'
import { killServer } from './server-kills.ts'
import { watchUncaught } from './uncaught.ts'

/** Where progress goes. */
export type Say = (text: string) => void

export interface Sizes {
  backendKills: number
  connectionCuts: number
  serverKills: number
  secondsPerEndpoint: number
}

/** What goes with so many kills of backends: a fifth of it in cut connections, a fiftieth in killed servers. */
export function sizesOf(backendKills: number): Sizes {
  return {
    backendKills,
    connectionCuts: Math.ceil(backendKills / 5),
    serverKills: Math.max(2, Math.round(backendKills / 50)),
    secondsPerEndpoint: backendKills < 500 ? 1.5 : 5,
  }
}

export interface KillsResult {
  phases: PhaseFigures[]
  endpoints: EndpointFigures[]
  uncaught: readonly string[]
}

/** Boots a server of its own, which keeps what it was told to keep, and does to it what goes wrong in production. */
export async function runKills(sizes: Sizes, say: Say): Promise<KillsResult> {
  using watch = watchUncaught()
  say('Starting a durable server')
  await using server = await startServer({ ephemeral: true, durable: true })
  const phases = [
    await killBackends(server, sizes.backendKills, say),
    await cutConnections(server, sizes.connectionCuts, say),
    await killServer(server, sizes.serverKills, say),
  ]
  const endpoints = await tryDeadEndpoints(server, sizes.secondsPerEndpoint, say)
  return { phases, endpoints, uncaught: watch.sentences }
}
