import { lookup as systemLookup, type LookupAddress, type LookupAllOptions } from 'node:dns'
import { request as plainRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { isPublic, type AllowedNetworks } from './networks.ts'

export interface PostOptions {
  /** What is not the internet and may be reached all the same; there also without TLS. */
  networks: AllowedNetworks
  /** All of it: name, connection, answer. Default 10 s. */
  timeoutMs?: number
  /** How names become addresses. Default: as this machine does it. */
  lookup?: Lookup
}

export type Lookup = (
  name: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

export interface Posted {
  statusCode: number | null
  durationMs: number
  /** A word for what went wrong before there was an answer. */
  error: string | null
  /** How the answer begins. */
  answer: string | null
}

/** Of an answer no more is read, and the first part of it kept. */
const readBytes = 16_384
const keptCharacters = 500

/**
 * Hands a body over by POST, once. Follows nobody anywhere, reads little of the answer, and goes to no address that is not
 * of the internet: the name is looked up for this one connection and what it leads to is judged there, so that no second
 * look-up can lead elsewhere. Never rejects.
 */
export async function post(
  url: URL,
  { headers, body }: { headers: Record<string, string>; body: string },
  { networks, timeoutMs = 10_000, lookup = systemLookup }: PostOptions,
): Promise<Posted> {
  const began = performance.now()
  const done = (outcome: Partial<Posted>): Posted => ({
    statusCode: null,
    error: null,
    answer: null,
    ...outcome,
    durationMs: Math.round(performance.now() - began),
  })
  const mayReach = judge(url, networks)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // A number is not looked up, so nobody would be asked about it.
  if (isIP(host) !== 0 && !mayReach(host)) return done({ error: 'ADDRESS_REFUSED' })
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const answer = await send(url, {
      options: {
        method: 'POST',
        agent: false,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' },
        lookup: guarded(lookup, mayReach),
        signal,
      },
      body,
      mayReach,
    })
    return done({ statusCode: answer.statusCode ?? null, answer: await beginningOf(answer).catch(() => null) })
  } catch (error) {
    return done({ error: signal.aborted ? 'TIMEOUT' : wordOf(error) })
  }
}

function judge({ protocol }: URL, networks: AllowedNetworks): (address: string) => boolean {
  return (address) => networks.hold(address) || (protocol === 'https:' && isPublic(address))
}

class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED'
}

/** One address that may not be reached spoils all: whoever mixes them means to get there by chance. */
function guarded(lookup: Lookup, mayReach: (address: string) => boolean): LookupFunction {
  return (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error !== null) return callback(error, '')
      if (first === undefined || !addresses.every(({ address }) => mayReach(address)))
        return callback(new AddressRefused('refused'), '')
      if (options.all === true) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}

function send(
  url: URL,
  { options, body, mayReach }: { options: RequestOptions; body: string; mayReach: (address: string) => boolean },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, options, resolve)
    request.on('error', reject)
    // Asked of the connection itself once more, before anything is said.
    request.on('socket', (socket: Socket) => {
      socket.once('connect', () => {
        if (!mayReach(socket.remoteAddress ?? '')) request.destroy(new AddressRefused('refused'))
        else request.end(body)
      })
    })
  })
}

async function beginningOf(answer: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= readBytes) break
  }
  answer.destroy()
  const text = Buffer.concat(chunks)
    .toString('utf8')
    // Postgres stores no NUL, and a log is read on terminals.
    .replaceAll(/[\p{Cc}\p{Co}\p{Cs}\uFFFD]+/gu, ' ')
    .slice(0, keptCharacters)
    .trim()
  return text === '' ? null : text
}

/** A word: what a system says may name hosts of ours. */
function wordOf(error: unknown): string {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^[A-Z_]{1,60}$/.test(code) ? code : 'FAILED'
}
