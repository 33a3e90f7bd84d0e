import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { FileAnswer } from './file-exchange.ts'

/**
 * Sends a file so that no browser takes it for a page: it is saved unless it was drawn here, its type is not guessed, and
 * whatever opens it anyway may run nothing and load nothing. Rejects when the file or the connection breaks off.
 */
export async function sendFile(response: ServerResponse, requestId: string, file: FileAnswer): Promise<void> {
  const { fileName, mediaType, range, shown } = file
  const body = typeof file.body === 'function' ? await file.body() : file.body
  const byteSize = Buffer.isBuffer(body) ? body.length : file.byteSize
  response.writeHead(range === undefined ? 200 : 206, {
    'content-type': mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
    ...lengthOf(range, byteSize),
    'content-disposition': dispositionOf(shown ? 'inline' : 'attachment', fileName),
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  })
  if (Buffer.isBuffer(body)) return void response.end(body)
  await pipeline(body, response)
}

/** None for what is made while it is sent: it ends where it ends. */
function lengthOf(range: FileAnswer['range'], byteSize: number | null): Record<string, string | number> {
  if (byteSize === null) return { 'accept-ranges': 'none' }
  const known = { 'accept-ranges': 'bytes' }
  if (range === undefined) return { ...known, 'content-length': byteSize }
  const { first, last } = range
  return { ...known, 'content-length': last - first + 1, 'content-range': `bytes ${first}-${last}/${byteSize}` }
}

/** The name twice: as old programs read it, and as it is (RFC 6266). */
export function dispositionOf(kind: 'inline' | 'attachment', fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const whole = encodeURIComponent(fileName).replace(
    /['()*!]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${whole}`
}
