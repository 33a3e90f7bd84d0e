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
  const byteSize = Buffer.isBuffer(body) ? body.length : (file.byteSize ?? 0)
  response.writeHead(range === undefined ? 200 : 206, {
    'content-type': mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType,
    'content-length': range === undefined ? byteSize : range.last - range.first + 1,
    'content-disposition': dispositionOf(shown ? 'inline' : 'attachment', fileName),
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
    'accept-ranges': 'bytes',
    ...(range !== undefined && { 'content-range': `bytes ${range.first}-${range.last}/${byteSize}` }),
  })
  if (Buffer.isBuffer(body)) return void response.end(body)
  await pipeline(body, response)
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
