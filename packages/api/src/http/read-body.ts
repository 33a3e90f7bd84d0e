import type { IncomingMessage } from 'node:http'
import { TenantryError } from '@tenantry/errors'

/** The JSON value of a request's body; `undefined` for an empty one. Stops reading at `maxBytes`: REQUEST_TOO_LARGE. */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  if (mediaType(request) !== 'application/json') throw new TenantryError('UNSUPPORTED_MEDIA_TYPE')
  const text = await readText(request, maxBytes)
  return text === '' ? undefined : parseJson(text)
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's message quotes the text, so it is not kept.
    throw new TenantryError('BAD_INPUT', { message: 'The request is not valid JSON.' })
  }
}

function mediaType(request: IncomingMessage): string | undefined {
  return request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
}

async function readText(request: IncomingMessage, maxBytes: number): Promise<string> {
  return (await readBytes(request, maxBytes)).toString('utf8')
}

/**
 * A body as it arrived. Stops reading at `maxBytes`: REQUEST_TOO_LARGE. `onBytes` hears of each part before it is kept, and
 * what it throws ends the reading too.
 */
export function readBytes(
  request: IncomingMessage,
  maxBytes: number,
  onBytes?: (bytes: number) => void,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const refuse = (error: unknown) => {
      stopReading(request)
      reject(error)
    }
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return refuse(new TenantryError('REQUEST_TOO_LARGE'))
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > maxBytes) return refuse(new TenantryError('REQUEST_TOO_LARGE'))
      try {
        onBytes?.(chunk.length)
        chunks.push(chunk)
      } catch (error) {
        refuse(error)
      }
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
    request.on('aborted', () => reject(new TenantryError('BAD_INPUT', { message: 'The request ended early.' })))
  })
}

/** What is still on its way is thrown away; the answer closes the connection. */
function stopReading(request: IncomingMessage): void {
  request.removeAllListeners('data')
  request.resume()
}
