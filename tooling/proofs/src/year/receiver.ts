import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'

/** What a message says, and the id by which its receiver knows it again. */
export interface News {
  id: string
  type: string
  data: { kind: string; id: string; version: number | null; fields: string[] }
}

/** A program of the company's own that is told of its changes. It refuses the first message once, which has to come again. */
export interface Receiver extends AsyncDisposable {
  readonly url: string
  /** From now on messages have to be signed with this secret. */
  trust(secret: string): void
  /** What it said yes to, in the order in which it came. */
  readonly accepted: News[]
  /** How many messages were not signed as they must be. */
  forged(): number
}

export async function startReceiver(): Promise<Receiver> {
  const accepted: News[] = []
  let verifier: Webhook | undefined
  let [forged, refused] = [0, 0]
  const answerTo = (body: string, headers: IncomingHttpHeaders): number => {
    try {
      if (verifier === undefined) throw new Error('nobody was named who may send')
      const told = verifier.verify(body, headers as Record<string, string>) as Omit<News, 'id'>
      if (refused++ === 0) return 503
      accepted.push({ ...told, id: String(headers['webhook-id']) })
      return 204
    } catch {
      forged++
      return 401
    }
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => response.writeHead(answerTo(Buffer.concat(chunks).toString(), request.headers)).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/news`,
    trust(secret) {
      verifier = new Webhook(secret)
    },
    accepted,
    forged: () => forged,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
