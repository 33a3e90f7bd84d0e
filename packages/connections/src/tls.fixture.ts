import net, { type AddressInfo } from 'node:net'
import tls from 'node:tls'
import { onTestFinished } from 'vitest'
import type { Target } from './target.ts'

/** What stands before the server answers the request for TLS with. */
export type TlsAnswer = 'S' | 'N' | 'S and more'

/** A server that speaks TLS under the name `localhost`, with the certificate below, and passes everything on. */
export async function openTlsProxy(to: Target, answer: TlsAnswer = 'S'): Promise<Target> {
  const server = net.createServer((client) => {
    client.on('error', () => client.destroy())
    client.once('data', () => {
      if (answer !== 'S') return void client.write(answer === 'N' ? 'N' : 'Sx')
      client.write('S')
      const secure = new tls.TLSSocket(client, { isServer: true, key, cert: certificate })
      const upstream = net.connect({ host: to.host, port: to.port })
      const end = () => {
        secure.destroy()
        upstream.destroy()
      }
      for (const socket of [secure, upstream]) socket.on('error', end).on('close', end)
      secure.pipe(upstream).pipe(secure)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  return { ...to, host: 'localhost', port: (server.address() as AddressInfo).port }
}

/** Signed by itself for `localhost`, until 2120. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBYTCCAQegAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBPZQTpiaWY2o3mR
RSKPiv1Es/mq3yohkjaQf2NNr8PJKaD93Ud+mn/u8IVM0JNjwdY7Op1a7zxlFP7U
11NFEZmjSDBGMA8GA1UdEwEB/wQFMAMBAf8wFAYDVR0RBA0wC4IJbG9jYWxob3N0
MB0GA1UdDgQWBBRNaiibvsis5xtDY90mpoXui+0xYDAKBggqhkjOPQQDAgNIADBF
AiEA9ygLXIOCG4dtqzFAa5Yt7j8L+pXrnBDnbRqC+wHw35gCIFkvlJLzF1DpWx6B
i56mba0qOH7oA7C8b0ytcP6gurao
-----END CERTIFICATE-----
`

/** Opens nothing but this file's servers. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgtSE8xN6rKlIN+j/5
q7DEs1hNOMlvQNITEssQHOGg8rOhRANCAAQT2UE6YmlmNqN5kUUij4r9RLP5qt8q
IZI2kH9jTa/DySmg/d1Hfpp/7vCFTNCTY8HWOzqdWu88ZRT+1NdTRRGZ
-----END PRIVATE KEY-----
`
