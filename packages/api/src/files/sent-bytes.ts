import { TenantryError } from '@tenantry/errors'
import { tooLarge } from '@tenantry/files/measured-body'
import type { IncomingMessage } from 'node:http'

/**
 * The body of a request, to be read once. Forms cannot send this media type to another site, so a browser asks first. Throws
 * UNSUPPORTED_MEDIA_TYPE, and REQUEST_TOO_LARGE for what says beforehand that it is.
 */
export function sentBytes(request: IncomingMessage, maxBytes: number): AsyncIterable<Uint8Array> {
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType !== 'application/octet-stream') {
    throw new TenantryError('UNSUPPORTED_MEDIA_TYPE', { message: 'Send the file as application/octet-stream.' })
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
  return chunksOf(request)
}

async function* chunksOf(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    // The connection outlives the body, for the answer to a file that is refused before its end.
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>
  } catch (cause) {
    throw new TenantryError('BAD_INPUT', { message: 'The request ended early.', cause })
  }
  if (!request.complete) throw new TenantryError('BAD_INPUT', { message: 'The request ended early.' })
}
