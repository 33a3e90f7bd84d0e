import { connect, type Socket } from 'node:net'

export interface LoadOptions {
  port: number
  /** Connections, each with one request under way at a time. */
  connections: number
  seconds: number
  /** Ends earlier when so many have been answered. */
  maxRequests?: number
  cookie: string
  /** The addresses to ask for, round and round. */
  paths: readonly string[]
}

export interface LoadResult {
  count: number
  perSecond: number
  p50Ms: number
  p99Ms: number
}

/**
 * Keep-alive load from this process, which must not be the server's. By hand, because it shares the machine with what is
 * measured: autocannon's share of it per request is several times this, and would be added to the fastest contender's
 * cost as much as to the slowest's. Throws at the first answer that is not 200.
 */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const { port, connections, seconds, maxRequests = Infinity, cookie, paths } = options
  const requests = paths.map((path) =>
    Buffer.from(
      `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: ${cookie}\r\nconnection: keep-alive\r\n\r\n`,
    ),
  )
  const times: number[] = []
  const started = performance.now()
  const end = started + seconds * 1000
  let next = 0
  const perform = () => {
    if (next >= maxRequests || performance.now() >= end) return undefined
    return requests[next++ % requests.length]
  }
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(port)))
  await Promise.all(sockets.map((socket) => keepAsking(socket, perform, times)))
  const elapsedSeconds = (performance.now() - started) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { count: times.length, perSecond: times.length / elapsedSeconds, p50Ms: at(0.5), p99Ms: at(0.99) }
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}

function keepAsking(socket: Socket, nextRequest: () => Buffer | undefined, times: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let sentAt = 0
    let received: Buffer[] = []
    const ask = () => {
      const request = nextRequest()
      if (request === undefined) {
        socket.removeAllListeners()
        socket.destroy()
        return resolve()
      }
      sentAt = performance.now()
      socket.write(request)
    }
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('a server closed a connection under load')))
    socket.on('data', (chunk) => {
      received.push(chunk)
      const answer = received.length === 1 ? chunk : Buffer.concat(received)
      if (!isComplete(answer)) return
      if (answer.toString('latin1', 9, 12) !== '200') {
        socket.destroy()
        return reject(new Error(`a server answered ${answer.toString('utf8', 0, 300)}`))
      }
      times.push(performance.now() - sentAt)
      received = []
      ask()
    })
    ask()
  })
}

const lastChunk = Buffer.from('\r\n0\r\n\r\n')

/** One request is under way, so an answer that is complete is all there is. JSON holds no line ends of HTTP. */
function isComplete(answer: Buffer): boolean {
  const headEnd = answer.indexOf('\r\n\r\n')
  if (headEnd < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.toString('latin1', 0, headEnd))
  if (length) return answer.length >= headEnd + 4 + Number(length[1])
  return answer.subarray(-lastChunk.length).equals(lastChunk)
}
