import type { FileExchange } from '../files/file-exchange.ts'
import type { KeyHolder, SignedIn } from '../planes.ts'
import { RequestMarks } from '../request-marks.ts'
import type { Services } from './services.ts'
import { issueTicket, ticket, type OperatorCall } from './surroundings/ticket.ts'

/** One HTTP request or one server-side render. The calls of a batch share it, so the session is read once. */
export interface RequestFacts {
  requestId: string
  cookieHeader: string | undefined
  /** Of a program; whoever brings one is nothing else, whatever cookie comes along. */
  apiKey?: string
  /** The tenant the page was rendered for. It selects nothing: it must agree with the session. */
  assertedTenantId: string | undefined
  /** Of the caller's last writes; a page carries it in a cookie instead. */
  writeMark?: string | undefined
  /** Of an address that carries a file; what comes as JSON has none. */
  exchange?: FileExchange
  /** Absent for a page that is rendered on the server. */
  calledFrom?: CalledFrom
}

/** Where an HTTP request comes from, as far as it says so itself. */
export interface CalledFrom {
  forwardedFor: string | undefined
  remoteAddress: string | undefined
  userAgent: string | undefined
}

const nowhere: CalledFrom = { forwardedFor: undefined, remoteAddress: undefined, userAgent: undefined }

export interface Context {
  readonly requestId: string
  readonly assertedTenantId: string | undefined
  readonly calledFrom: CalledFrom
  readonly readSession: () => Promise<SignedIn | null>
  /** Undefined for who came with none; null for one that opens nothing. */
  readonly readKey: (() => Promise<KeyHolder | null>) | undefined
  readonly marks: RequestMarks
  /** Where a resolver finds the bytes that were sent, and leaves those to send. */
  readonly exchange: FileExchange | undefined
  /** The same caller, who is asked for anew: whoever sends for long may have lost their right meanwhile. */
  readonly again: () => Context
  readonly [ticket]: object
}

export function createContext(given: Services, request: RequestFacts): Context {
  let session: Promise<SignedIn | null> | undefined
  let holder: Promise<KeyHolder | null> | undefined
  const { requestId, cookieHeader, apiKey } = request
  return {
    requestId,
    assertedTenantId: request.assertedTenantId,
    marks: new RequestMarks(request.writeMark, cookieHeader),
    calledFrom: request.calledFrom ?? nowhere,
    exchange: request.exchange,
    readSession: () =>
      (session ??= apiKey === undefined ? given.auth.readSession(cookieHeader, { requestId }) : Promise.resolve(null)),
    readKey: apiKey === undefined ? undefined : () => (holder ??= given.auth.readKey(apiKey, { requestId })),
    again: () => createContext(given, request),
    [ticket]: issueTicket(given),
  }
}

/** One call of an operator, on the server and never over HTTP. There is no sign-in, so what asks for one is refused. */
export function createOperatorContext(given: Omit<Services, 'auth'>, call: OperatorCall): Context {
  const context: Context = {
    requestId: call.requestId,
    assertedTenantId: undefined,
    marks: new RequestMarks(undefined, undefined),
    calledFrom: nowhere,
    exchange: undefined,
    readSession: () => Promise.resolve(null),
    readKey: undefined,
    again: () => context,
    [ticket]: issueTicket({ ...given, auth: undefined }, call),
  }
  return context
}
