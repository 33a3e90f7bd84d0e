import type { IncomingMessage } from 'node:http'
import { TenantryError } from '@tenantry/errors'
import { parseJson, readJsonBody } from './read-body.ts'

export interface Limits {
  /** Calls in one request. */
  maxBatch: number
  maxBodyBytes: number
}

export interface Calls {
  type: 'query' | 'mutation'
  isBatch: boolean
  calls: { path: string; input: unknown }[]
}

/** Reads one request of tRPC's HTTP links: `GET /path?input=…` or `POST /path`, with `?batch=1` for paths joined by commas. */
export async function readCalls(request: IncomingMessage, route: string, limits: Limits): Promise<Calls> {
  const [path = '', search = ''] = route.split('?', 2)
  const parameters = new URLSearchParams(search)
  const isBatch = parameters.get('batch') === '1'
  const decoded = decodePath(path)
  const paths = isBatch ? decoded.split(',') : [decoded]
  if (paths.length > limits.maxBatch) throw new TenantryError('BATCH_TOO_LARGE', { data: { max: limits.maxBatch } })

  const type = request.method === 'POST' ? 'mutation' : 'query'
  const sent = type === 'mutation' ? await readJsonBody(request, limits.maxBodyBytes) : inputOf(parameters)
  const inputs = isBatch ? asBatch(sent) : { 0: sent }
  return { type, isBatch, calls: paths.map((each, index) => ({ path: each, input: inputs[index] })) }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw new TenantryError('BAD_INPUT', { message: 'The address is not valid.' })
  }
}

function inputOf(parameters: URLSearchParams): unknown {
  const input = parameters.get('input')
  return input === null || input === '' ? undefined : parseJson(input)
}

function asBatch(sent: unknown): Record<number, unknown> {
  if (sent === undefined) return {}
  if (typeof sent !== 'object' || sent === null) {
    throw new TenantryError('BAD_INPUT', { message: 'The input of a batch is an object with one entry per call.' })
  }
  return sent as Record<number, unknown>
}
