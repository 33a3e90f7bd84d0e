import { errorCodes } from '@tenantry/errors/codes'
import type { Parameter } from './parameters.ts'
import type { Route } from './routes.ts'

/** The REST API as OpenAPI 3.1, made from the same routes that serve it. `server` is the address all paths begin with. */
export function openApiDocument(routes: readonly Route[], server: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) (paths[route.template] ??= {})[route.method.toLowerCase()] = operationOf(route)
  const tags = [...new Set(routes.map(tagOf))].toSorted()
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tenantry',
      version: '1',
      description:
        'The records of one company, the one whose API key is sent. Each record has a `version`: whoever changes it says which one they have read, and STALE_WRITE tells what somebody else has changed since.',
    },
    servers: [{ url: server }],
    security: [{ apiKey: [] }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: problem },
      responses: {
        Refused: {
          description: 'Refused. `code` tells why.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  }
}

function operationOf(route: Route): object {
  const { procedure, parameters, body, output, status, permission, namesRecord } = route
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }
  const answer = output === undefined ? {} : { content: { 'application/json': { schema: output } } }
  return {
    operationId: procedure,
    tags: [tagOf(route)],
    description: `For keys whose role may \`${permission}\`.`,
    parameters: [...(namesRecord ? [id] : []), ...parameters.map(parameterOf)],
    ...(body !== undefined && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      [status]: { description: status === 201 ? 'Created.' : 'Done.', ...answer },
      default: { $ref: '#/components/responses/Refused' },
    },
  }
}

function parameterOf({ name, kind, isRequired, isList, schema }: Parameter): object {
  const place = { name, in: 'query', required: isRequired }
  if (kind === 'json') return { ...place, content: { 'application/json': { schema } } }
  return { ...place, schema, ...(isList && { style: 'form', explode: true }) }
}

function tagOf({ procedure }: Route): string {
  return procedure.split('.')[0] ?? ''
}

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { const: 'about:blank' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { enum: Object.keys(errorCodes) },
    requestId: { type: 'string', format: 'uuid' },
    data: { type: 'object', description: 'Public facts: `fields` of BAD_INPUT, what changed of STALE_WRITE.' },
  },
}
