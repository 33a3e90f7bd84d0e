import { maxFileBytes } from '@tenantry/contracts/attachments'
import { TenantryError } from '@tenantry/errors'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { translateError } from '../errors/translate.ts'
import { failure, send, success } from '../http/answers.ts'
import { bearerIn } from '../http/bearer.ts'
import { callProcedure } from '../http/call-procedure.ts'
import { readJsonBody } from '../http/read-body.ts'
import { factsOf } from '../http/request-facts.ts'
import { assertSameSite } from '../http/same-site.ts'
import type { Logger } from '../planes.ts'
import type { Context, RequestFacts } from '../procedures/context.ts'
import { FileExchange } from './file-exchange.ts'
import { fileCallOf } from './routes.ts'
import { sendFile } from './send-file.ts'
import { sentBytes } from './sent-bytes.ts'

export interface FilesHandlerNeeds {
  origin: string
  /** How large a file of rows may be. */
  maxImportBytes: number
  openContext(facts: RequestFacts): Context
  logger: Logger
}

const basePath = '/api/files/'
/** The token of a link and the words around it. */
const maxInputBytes = 2_000

/**
 * Files go in and out here, beside the calls: as they are, in a stream, and by the same procedures with the same rules. Give
 * it only requests whose address begins with `/api/files/`. The promise never rejects.
 */
export function createFilesHandler({ origin, maxImportBytes, openContext, logger }: FilesHandlerNeeds) {
  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID()
    try {
      const { method } = request
      if (method !== 'GET' && method !== 'POST') throw new TenantryError('METHOD_NOT_ALLOWED')
      const apiKey = bearerIn(request)
      // A key is sent on purpose; a cookie comes along with whatever a page of another site makes a browser send.
      if (apiKey === undefined) assertSameSite(request, origin)
      const call = fileCallOf(method, (request.url ?? '').slice(basePath.length))
      const maxBytes = call.path === 'imports.upload' ? maxImportBytes : maxFileBytes
      const exchange = new FileExchange({
        range: request.headers.range,
        maxBytes,
        body: call.body === 'bytes' ? sentBytes(request, maxBytes) : undefined,
      })
      const input = call.body === 'input' ? await readJsonBody(request, maxInputBytes) : call.input
      const context = openContext({ requestId, exchange, ...factsOf(request), ...(apiKey !== undefined && { apiKey }) })
      const answer = success(await callProcedure({ ...call, input }, context))
      const file = exchange.take()
      if (file === undefined) return send(response, requestId, answer, context.marks.headers())
      await sendFile(response, requestId, file)
    } catch (thrown) {
      const error = translateError(thrown)
      if (response.headersSent) {
        // Half a file: the connection breaks, so that nobody takes it for the whole.
        logger.warn({ requestId, code: error.code, err: error }, 'A file could not be sent to its end')
        return void response.destroy()
      }
      send(response, requestId, failure(error, requestId))
    } finally {
      // What is still on its way after an early answer is thrown away.
      if (!request.complete) request.resume()
    }
  }
}
