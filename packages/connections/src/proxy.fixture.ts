import net, { type AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Target } from './target.ts'

/** Stands between a pool and a real server, and can be told to misbehave. */
export interface Proxy {
  /** The server, as it is reached through the proxy. */
  target: Target
  /** When connections were accepted, by `performance.now()`. */
  dials: number[]
  /** Changes, or swallows, what the server says. */
  rewrite: ((fromServer: Buffer, client: net.Socket) => Buffer | undefined) | undefined
  /** How often we have written something. */
  writes: number
  /** The sockets a server would speak through. */
  clients(): net.Socket[]
  /** Nothing passes any more, and nobody is told. */
  freeze(): void
  /** Every connection is reset. */
  cut(): void
}

/** Lives as long as the test. */
export async function openProxy(to: Target): Promise<Proxy> {
  const clients = new Set<net.Socket>()
  let frozen = false
  const server = net.createServer((client) => {
    proxy.dials.push(performance.now())
    const upstream = net.connect({ host: to.host, port: to.port })
    clients.add(client)
    const end = () => {
      clients.delete(client)
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end)
    client.on('data', (chunk) => {
      proxy.writes++
      if (!frozen) upstream.write(chunk)
    })
    upstream.on('data', (chunk) => {
      const said = proxy.rewrite ? proxy.rewrite(chunk, client) : chunk
      if (!frozen && said) client.write(said)
    })
  })
  const proxy: Proxy = {
    target: { ...to, host: '127.0.0.1', port: await listen(server) },
    dials: [],
    writes: 0,
    rewrite: undefined,
    clients: () => [...clients],
    freeze() {
      frozen = true
    },
    cut() {
      for (const client of clients) client.resetAndDestroy()
    },
  }
  return proxy
}

/** A server of which only the first words matter; `greet` is called with each connection. */
export async function openImpostor(to: Target, greet: (socket: net.Socket) => void) {
  const dials: number[] = []
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    dials.push(performance.now())
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    greet(socket)
  })
  const target: Target = { ...to, host: '127.0.0.1', port: await listen(server) }
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
  })
  return { target, dials }
}

async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  return (server.address() as AddressInfo).port
}
