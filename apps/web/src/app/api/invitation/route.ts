import { isTenantryError, TenantryError } from '@tenantry/errors'
import { sharedRuntime } from '../../../server/shared-runtime.ts'

/** A token, a password and the words around them. */
const maxBytes = 2_000

/** Whom a link invites. By POST: a token in an address would stand in logs. */
export function POST(request: Request): Promise<Response> {
  return answer(request, (body) => sharedRuntime().invitations.find(body['token']))
}

/** Uses the link up and sets the person's password. */
export function PUT(request: Request): Promise<Response> {
  return answer(request, (body) => sharedRuntime().invitations.accept(body))
}

async function answer(request: Request, work: (body: Record<string, unknown>) => Promise<unknown>): Promise<Response> {
  const headers = { 'cache-control': 'private, no-store' }
  try {
    return Response.json(await work(await readBody(request)), { headers })
  } catch (thrown) {
    const error = isTenantryError(thrown) ? thrown : new TenantryError('INTERNAL', { cause: thrown })
    if (error.status >= 500) sharedRuntime().logger.error({ err: error }, 'An invitation could not be served')
    const { code, message, data, status } = error
    return Response.json({ code, message, ...(data && { data }) }, { status, headers })
  }
}

async function readBody(request: Request): Promise<Record<string, unknown>> {
  if (request.headers.get('content-type') !== 'application/json') throw new TenantryError('UNSUPPORTED_MEDIA_TYPE')
  if (Number(request.headers.get('content-length') ?? Infinity) > maxBytes) throw new TenantryError('REQUEST_TOO_LARGE')
  const body: unknown = await request.json().catch(() => undefined)
  if (typeof body !== 'object' || body === null) throw new TenantryError('BAD_INPUT')
  return { ...body }
}
