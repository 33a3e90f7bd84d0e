import { TenantryError } from '@tenantry/errors'
import { parseJson } from '../http/read-body.ts'

/** A procedure that takes or gives bytes, and its input, as an address says it. */
export interface FileCall {
  path: string
  type: 'query' | 'mutation'
  /** What the body of the request is. */
  body: 'none' | 'bytes' | 'input'
  /** Without what the body says. */
  input: Record<string, unknown>
}

interface Route {
  method: 'GET' | 'POST'
  at: RegExp
  path: string
  /** What the parts of the address are called. */
  names: string[]
  body?: 'bytes' | 'input'
}

/**
 * What can be asked for below `/api/files/`. Each is a procedure, so that one list says who may do what.
 * The token of a link is sent in the body: an address stands in logs.
 */
const routes: readonly Route[] = [
  { method: 'POST', at: /^attachments$/, path: 'attachments.upload', names: [], body: 'bytes' },
  { method: 'GET', at: /^attachments\/([^/]+)$/, path: 'attachments.download', names: ['id'] },
  { method: 'GET', at: /^attachments\/([^/]+)\/preview$/, path: 'attachments.preview', names: ['id'] },
  { method: 'POST', at: /^imports$/, path: 'imports.upload', names: [], body: 'bytes' },
  { method: 'GET', at: /^exports\/([a-z_]+)\.csv$/, path: 'exports.csv', names: ['list'] },
  { method: 'GET', at: /^quotes\/([^/]+)$/, path: 'quotes.pdf', names: ['id'] },
  { method: 'GET', at: /^contracts\/([^/]+)$/, path: 'contracts.pdf', names: ['id'] },
  { method: 'GET', at: /^invoices\/([^/]+)$/, path: 'invoices.pdf', names: ['id'] },
  { method: 'POST', at: /^public\/quote$/, path: 'public.quotePdf', names: [], body: 'input' },
  { method: 'POST', at: /^public\/contract$/, path: 'public.contractPdf', names: [], body: 'input' },
  { method: 'POST', at: /^public\/invoice$/, path: 'public.invoicePdf', names: [], body: 'input' },
]

/** Throws PROCEDURE_NOT_FOUND, METHOD_NOT_ALLOWED, and BAD_INPUT for an address that cannot be read. */
export function fileCallOf(method: string, route: string): FileCall {
  const [path = '', search = ''] = route.split('?', 2)
  const here = routes.filter(({ at }) => at.test(path))
  if (here.length === 0) throw new TenantryError('PROCEDURE_NOT_FOUND')
  const found = here.find((candidate) => candidate.method === method)
  if (found === undefined) throw new TenantryError('METHOD_NOT_ALLOWED')
  const parts = found.at.exec(path)?.slice(1) ?? []
  const body = found.body ?? 'none'
  const input: Record<string, unknown> = body === 'none' ? askedIn(search) : body === 'bytes' ? saidIn(search) : {}
  for (const [i, name] of found.names.entries()) input[name] = decoded(parts[i] ?? '')
  return { path: found.path, type: body === 'bytes' ? 'mutation' : 'query', body, input }
}

/** What is said about a file that is sent: its name and more, the links as JSON. */
function saidIn(search: string): Record<string, unknown> {
  const { links, ...texts } = Object.fromEntries(new URLSearchParams(search))
  // The bytes are the body; there is no second place for them.
  delete texts['contentBase64']
  return { ...texts, ...(links !== undefined && { links: parseJson(links) }) }
}

/** What is asked of a list: its query as JSON, and the columns, separated by commas. */
function askedIn(search: string): Record<string, unknown> {
  const parameters = new URLSearchParams(search)
  const [query, columns] = [parameters.get('query'), parameters.get('columns')]
  return {
    ...(query !== null && { query: parseJson(query) }),
    ...(columns !== null && { columns: columns.split(',') }),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new TenantryError('BAD_INPUT', { message: 'The address is not valid.' })
  }
}
