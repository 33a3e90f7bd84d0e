import { createServer } from 'node:net'
import { failed } from './failures.ts'

/** A TCP port of 127.0.0.1 nobody listens on now; somebody else may take it before it is used. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(failed(error)))
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(failed('No free port.')),
      )
    })
  })
}
