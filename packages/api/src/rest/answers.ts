import type { TenantryError } from '@tenantry/errors'
import type { ServerResponse } from 'node:http'

export interface RestAnswer {
  requestId: string
  status: number
  json: string | undefined
  headers?: Record<string, string>
}

export function sendAnswer(response: ServerResponse, { requestId, status, json, headers }: RestAnswer): void {
  write(response, { requestId, status, json, headers: { 'content-type': 'application/json', ...headers } })
}

/** A refusal as a problem of RFC 9457: public sentence, code, request id, and nothing else. */
export function sendProblem(response: ServerResponse, requestId: string, error: TenantryError): void {
  const { message: title, code, status, retryAfterSeconds, data } = error
  write(response, {
    requestId,
    status,
    json: JSON.stringify({ type: 'about:blank', title, status, code, requestId, ...(data !== undefined && { data }) }),
    headers: {
      'content-type': 'application/problem+json',
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(Math.ceil(retryAfterSeconds)) }),
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
      ...(status === 413 && { connection: 'close' }),
    },
  })
}

function write(response: ServerResponse, { requestId, status, json, headers }: RestAnswer): void {
  const body = json === undefined ? undefined : Buffer.from(json)
  response.writeHead(status, {
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
    ...headers,
    ...(body !== undefined && { 'content-length': body.length }),
  })
  response.end(body)
}
