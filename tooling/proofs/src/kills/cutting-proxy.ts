import type { Target } from '@tenantry/connections/target'
import net, { type AddressInfo } from 'node:net'

/** A way to a server that can be cut under the feet of whoever uses it. */
export interface CuttingProxy extends AsyncDisposable {
  target: Target
  /** Connections accepted so far. */
  dials(): number
  /** Resets one connection at random; false when there is none. */
  cutOne(): boolean
}

export async function openCuttingProxy(to: Target): Promise<CuttingProxy> {
  const open = new Set<() => void>()
  let dials = 0
  const server = net.createServer((client) => {
    dials++
    const upstream = net.connect({ host: to.host, port: to.port })
    const end = () => {
      open.delete(cut)
      client.destroy()
      upstream.destroy()
    }
    const cut = () => {
      client.resetAndDestroy()
      end()
    }
    open.add(cut)
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end)
    client.pipe(upstream).pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    target: { ...to, host: '127.0.0.1', port },
    dials: () => dials,
    cutOne() {
      const cut = [...open][Math.floor(Math.random() * open.size)]
      cut?.()
      return cut !== undefined
    },
    async [Symbol.asyncDispose]() {
      for (const cut of open) cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
