import { once } from 'node:events'
import net from 'node:net'
import tls from 'node:tls'
import { LinkLost } from './link-failures.ts'
import type { Target } from './target.ts'

/** Length 8 and the code 1234.5679. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])
const accepted = 'S'.charCodeAt(0)

/**
 * Opens a TCP connection, and TLS on it when the target says so. `watch` is called with each socket at once, before
 * anything can happen to it; the deadline is the caller's, who destroys the socket. Throws LinkLost.
 */
export async function dial(target: Target, watch: (socket: net.Socket) => void): Promise<net.Socket> {
  const { host, port } = target
  const plain = net.connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 })
  watch(plain)
  await happens(plain, 'connect')
  if (target.tls === 'off') return plain

  plain.write(sslRequest)
  const [answer] = (await happens(plain, 'data')) as [Buffer]
  // More than one byte was sent before the handshake and would be read as if it had been encrypted (CVE-2021-23222).
  if (answer.length !== 1 || answer[0] !== accepted) {
    plain.destroy()
    throw new LinkLost('the server refused TLS')
  }
  const secure = tls.connect({
    socket: plain,
    rejectUnauthorized: true,
    host,
    ...(net.isIP(host) === 0 && { servername: host }),
    ...(typeof target.tls === 'object' && { ca: target.tls.ca }),
  })
  watch(secure)
  await happens(secure, 'secureConnect')
  return secure
}

async function happens(socket: net.Socket, event: string): Promise<unknown[]> {
  const over = new AbortController()
  try {
    return (await Promise.race([
      once(socket, event, { signal: over.signal }),
      closes(socket, over.signal),
    ])) as unknown[]
  } finally {
    over.abort()
  }
}

async function closes(socket: net.Socket, signal: AbortSignal): Promise<never> {
  await once(socket, 'close', { signal })
  throw new LinkLost('the connection was closed')
}
