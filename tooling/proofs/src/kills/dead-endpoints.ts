import { openDatabase } from '@tenantry/connections/database'
import { openPool } from '@tenantry/connections/pool'
import type { Target } from '@tenantry/connections/target'
import { isTenantryError } from '@tenantry/errors'
import type { LocalServer } from '@tenantry/local-postgres'
import net, { type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { openCuttingProxy } from './cutting-proxy.ts'
import { tenantsInSight, writeBothHalves } from './halves.ts'
import type { Say } from './run.ts'
import { openStageOfOne } from './stage.ts'

export interface EndpointFigures {
  name: string
  errors: number
  answers: number
  untyped: number
  /** Connections the endpoint was asked for, and how many that may be in the time. */
  dials: number
  dialsAllowed: number
  slowestMs: number
  deadlineMs: number
  codes: Record<string, number>
}

const bounds = { max: 4, acquireMs: 800, connectMs: 600, statementMs: 500 }
/** Waiting for a connection, one statement, what the server gets to give up first, and a busy machine. */
const deadlineMs = bounds.acquireMs + bounds.statementMs + 300 + 400

/** Endpoints that accept connections and are of no use: every answer is an error, in time, and dialing is paced. */
export async function tryDeadEndpoints(server: LocalServer, seconds: number, say: Say): Promise<EndpointFigures[]> {
  say('an endpoint that accepts and closes')
  const closing = await tryImpostor('accepts, then closes', (socket) => socket.end(), seconds)
  say('an endpoint that accepts and says nothing')
  const silent = await tryImpostor('accepts, then is silent', () => undefined, seconds)
  say('a server that freezes')
  return [closing, silent, await tryFrozenServer(server, seconds)]
}

async function tryImpostor(name: string, greet: (socket: net.Socket) => void, seconds: number) {
  const sockets = new Set<net.Socket>()
  let dials = 0
  const server = net.createServer((socket) => {
    dials++
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    greet(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const target: Target = { host: '127.0.0.1', port, database: 'd', user: 'u', password: () => 'p', tls: 'off' }
  const figures = await besiege(name, target, seconds, () => dials)
  for (const socket of sockets) socket.destroy()
  server.close()
  return figures
}

/** Frozen under load, with connections open and in use. */
async function tryFrozenServer(server: LocalServer, seconds: number): Promise<EndpointFigures> {
  await using stage = await openStageOfOne(server)
  await using proxy = await openCuttingProxy(stage.tenant.app)
  try {
    return await besiege('freezes under load', proxy.target, seconds, proxy.dials, async () => {
      await sleep(300)
      server.freeze()
    })
  } finally {
    server.thaw()
  }
}

/** Twelve callers ask without pause; what they are told after `spoil` is counted. */
async function besiege(
  name: string,
  target: Target,
  seconds: number,
  dials: () => number,
  spoil?: () => Promise<void>,
): Promise<EndpointFigures> {
  await using pool = openPool(target, bounds)
  const database = openDatabase(pool)
  const figures = { name, errors: 0, answers: 0, untyped: 0, slowestMs: 0, codes: {} as Record<string, number> }
  let spoiled = spoil === undefined
  let stopped = false
  let attempt = 1_000_000_000
  const call = async () => {
    while (!stopped) {
      const isFromNowOn = spoiled
      const began = performance.now()
      const asked = Math.random() < 0.5 ? tenantsInSight(database) : writeBothHalves(database, ++attempt, 0)
      const error = await asked.then(
        () => undefined,
        (failure: unknown) => failure,
      )
      figures.slowestMs = Math.max(figures.slowestMs, performance.now() - began)
      if (error !== undefined) count(figures, error)
      else if (isFromNowOn) figures.answers++
      await sleep(1)
    }
  }
  const callers = Array.from({ length: 12 }, call)
  await spoil?.()
  spoiled = true
  const dialsBefore = dials()
  const began = performance.now()
  await sleep(seconds * 1000)
  stopped = true
  await Promise.all(callers)
  const dialsAllowed = 10 * Math.ceil((performance.now() - began) / 1000)
  return {
    ...figures,
    slowestMs: Math.round(figures.slowestMs),
    dials: dials() - dialsBefore,
    dialsAllowed,
    deadlineMs,
  }
}

function count(figures: { errors: number; untyped: number; codes: Record<string, number> }, error: unknown): void {
  figures.errors++
  const code = isTenantryError(error) ? error.code : 'untyped'
  if (code === 'untyped') figures.untyped++
  figures.codes[code] = (figures.codes[code] ?? 0) + 1
}
