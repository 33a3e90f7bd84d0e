import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

/** Remembers connections that left HTTP, such as hot reloading: a server does not close while they are open. */
export function drainOf(server: Server, { withinMs }: { withinMs: number }): () => Promise<void> {
  const upgraded = new Set<Duplex>()
  server.on('upgrade', (_request, socket: Duplex) => {
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
  })
  return async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of upgraded) socket.destroy()
    await Promise.race([closed, sleep(withinMs, undefined, { ref: false })])
    server.closeAllConnections()
    await closed
  }
}
