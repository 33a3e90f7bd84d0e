import { TenantryError } from '@tenantry/errors'
import { writeMarkHeader } from '@tenantry/contracts/write-mark'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { translateError } from '../errors/translate.ts'
import type { Logger } from '../planes.ts'
import { indexProcedures } from '../procedure-index.ts'
import type { Context, RequestFacts } from '../procedures/context.ts'
import { appRouter } from '../router.ts'
import { bearerIn } from '../http/bearer.ts'
import { callProcedure } from '../http/call-procedure.ts'
import { oneValue } from '../http/request-facts.ts'
import { readJsonBody } from '../http/read-body.ts'
import { sendAnswer, sendProblem } from './answers.ts'
import { openApiDocument } from './openapi.ts'
import { inputFrom } from './parameters.ts'
import { restRoutes, type Route } from './routes.ts'
import { routeTable } from './route-table.ts'

export interface RestNeeds {
  /** Where people reach the application. */
  origin: string
  openContext(facts: RequestFacts): Context
  logger: Logger
}

/** Where the handler is mounted. */
const restPath = '/api/v1'
const maxBodyBytes = 1_048_576

interface Served {
  find: ReturnType<typeof routeTable>
  /** As OpenAPI. */
  document: string
}

/**
 * Serves the procedures as REST below `/api/v1`, for programs that bring a key as a bearer token; cookies count for nothing.
 * `/api/v1/openapi.json` describes all of it, for everybody. The promise never rejects.
 */
export function createRestHandler({ origin, openContext, logger }: RestNeeds) {
  let served: Served | undefined
  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID()
    try {
      // A tenth of a second and four megabytes, which a process that no program calls does without.
      const { find, document } = (served ??= serve(`${origin}${restPath}`))
      const { pathname, searchParams } = addressOf(request)
      if (pathname === '/openapi.json' && request.method === 'GET')
        return sendAnswer(response, { requestId, status: 200, json: document })
      const { route, id } = find(request.method ?? '', pathname)
      const apiKey = bearerOf(request)
      const sent = isInAddress(route)
        ? inputFrom(searchParams, route.parameters)
        : await bodyOf(request, route, searchParams)
      const context = openContext({
        requestId,
        apiKey,
        cookieHeader: undefined,
        assertedTenantId: undefined,
        writeMark: oneValue(request.headers[writeMarkHeader]),
      })
      const { procedure: path, type } = route
      const data = await callProcedure({ path, type, input: inputOf(route, sent, id) }, context)
      const json = data === undefined ? undefined : JSON.stringify(data)
      sendAnswer(response, {
        requestId,
        status: json === undefined ? 204 : route.status,
        json,
        headers: { ...context.marks.headers(), ...locationOf(route, data) },
      })
    } catch (thrown) {
      const error = translateError(thrown)
      // Procedures have logged what they throw; the rest happened here.
      if (thrown !== error) logger.error({ requestId, err: thrown }, 'A REST call failed')
      sendProblem(response, requestId, error)
    }
  }
}

function serve(address: string): Served {
  const routes = restRoutes(indexProcedures(appRouter))
  return { find: routeTable(routes), document: JSON.stringify(openApiDocument(routes, address)) }
}

function isInAddress({ method }: Route): boolean {
  return method === 'GET' || method === 'DELETE'
}

function addressOf(request: IncomingMessage): Pick<URL, 'pathname' | 'searchParams'> {
  const [path = '', search = ''] = (request.url ?? '').slice(restPath.length).split('?', 2)
  return { pathname: path, searchParams: new URLSearchParams(search) }
}

function bearerOf(request: IncomingMessage): string {
  const key = bearerIn(request)
  if (key === undefined)
    throw new TenantryError('NOT_SIGNED_IN', { message: 'Send an API key: Authorization: Bearer tenantry_…' })
  return key
}

async function bodyOf(request: IncomingMessage, { body }: Route, search: URLSearchParams): Promise<unknown> {
  // Refuses whatever stands there: this call takes a body.
  inputFrom(search, [])
  if (body === undefined && Number(request.headers['content-length'] ?? 0) === 0) return {}
  return readJsonBody(request, maxBodyBytes)
}

/** The id is the address's, whatever else was sent. */
function inputOf({ namesRecord }: Route, sent: unknown, id: string | undefined): unknown {
  if (!namesRecord) return sent
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) throw new TenantryError('BAD_INPUT')
  if (Object.hasOwn(sent, 'id'))
    throw new TenantryError('BAD_INPUT', { data: { fields: { id: ['The id stands in the address.'] } } })
  return { ...sent, id }
}

function locationOf({ status, template }: Route, data: unknown): Record<string, string> {
  if (status !== 201 || typeof data !== 'object' || data === null || !('id' in data)) return {}
  return { location: `${restPath}${template}/${String(data.id)}` }
}
