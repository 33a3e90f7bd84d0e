import type { ServerResponse } from 'node:http'
import type { TenantryError } from '@tenantry/errors'
import { wireError } from '../errors/wire-error.ts'

/** The answer to one call, already written as JSON. */
export interface Answer {
  status: number
  json: string
  retryAfterSeconds: number
}

/** Throws a TypeError for data that is no JSON, such as a bigint. */
export function success(data: unknown): Answer {
  return { status: 200, json: JSON.stringify({ result: { data } }), retryAfterSeconds: 0 }
}

export function failure(error: TenantryError, requestId: string): Answer {
  const json = JSON.stringify({ error: wireError(error, requestId) })
  return { status: error.status, json, retryAfterSeconds: error.retryAfterSeconds ?? 0 }
}

export function sendBatch(
  response: ServerResponse,
  requestId: string,
  answers: Answer[],
  headers: Record<string, string>,
): void {
  const statuses = new Set(answers.map((answer) => answer.status))
  const [status = 500] = statuses
  const answer = {
    // tRPC's clients expect 207 when the calls of a batch ended differently.
    status: statuses.size === 1 ? status : 207,
    json: `[${answers.map((one) => one.json).join(',')}]`,
    retryAfterSeconds: Math.max(0, ...answers.map((one) => one.retryAfterSeconds)),
  }
  send(response, requestId, answer, headers)
}

export function send(
  response: ServerResponse,
  requestId: string,
  { status, json, retryAfterSeconds }: Answer,
  headers: Record<string, string> = {},
): void {
  const body = Buffer.from(json)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
    ...headers,
    ...(retryAfterSeconds > 0 ? { 'retry-after': String(Math.ceil(retryAfterSeconds)) } : {}),
    ...(status === 405 ? { allow: 'GET, POST' } : {}),
    ...(status === 413 ? { connection: 'close' } : {}),
  })
  response.end(body)
}
