import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** Something that listens and is no Postgres. Gone with the test. */
export async function listen(onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => sockets.delete(socket))
    onSocket(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Speaks Postgres up to the point where it asks for so many rounds of hashing. */
export function saslServer({ iterations }: { iterations: number }): Promise<number> {
  return listen((socket) => {
    let asked = false
    socket.on('data', (chunk) => {
      if (!asked) {
        asked = true
        socket.write(authentication(10, 'SCRAM-SHA-256\0\0'))
        return
      }
      const nonce = /r=([^,]+)/.exec(chunk.toString('latin1'))?.[1] ?? ''
      socket.write(authentication(11, `r=${nonce}server,s=${Buffer.alloc(16, 1).toString('base64')},i=${iterations}`))
    })
  })
}

function authentication(kind: number, body: string): Buffer {
  const head = Buffer.alloc(9)
  head.write('R', 0, 'latin1')
  head.writeInt32BE(8 + body.length, 1)
  head.writeInt32BE(kind, 5)
  return Buffer.concat([head, Buffer.from(body, 'latin1')])
}
