import type { ErrorCode } from '@tenantry/errors/codes'
import { isTenantryError, type TenantryError } from '@tenantry/errors'
import { TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server'
import { TRPC_ERROR_CODES_BY_KEY, type TRPCErrorShape } from '@trpc/server/rpc'
import { translateError } from './translate.ts'

/** What a client finds in `error.data`. `data` holds public facts: `fields` of BAD_INPUT, `StaleWrite` of STALE_WRITE. */
export interface WireErrorData {
  code: ErrorCode
  httpStatus: number
  requestId: string
  retryAfterSeconds?: number
  data?: Record<string, unknown>
}

export type WireErrorShape = TRPCErrorShape<WireErrorData>

/** The body of an error answer: public sentence, code, request id, and nothing else. */
export function wireError(error: TenantryError, requestId: string): WireErrorShape {
  return {
    message: error.message,
    code: TRPC_ERROR_CODES_BY_KEY[rpcCodeOf(error)],
    data: {
      code: error.code,
      httpStatus: error.status,
      requestId,
      ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
      ...(error.data === undefined ? {} : { data: error.data }),
    },
  }
}

/** The error as tRPC carries it through middlewares and callers: same public sentence, the TenantryError as cause. */
export function asTrpcError(error: TenantryError): TRPCError {
  return new TRPCError({ code: rpcCodeOf(error), message: error.message, cause: error })
}

/** The TenantryError inside an error that a procedure or a caller threw. */
export function tenantryErrorOf(error: TRPCError): TenantryError {
  return isTenantryError(error.cause) ? error.cause : translateError(error)
}

const rpcCodes: Record<number, TRPC_ERROR_CODE_KEY> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
}

function rpcCodeOf(error: TenantryError): TRPC_ERROR_CODE_KEY {
  return rpcCodes[error.status] ?? 'INTERNAL_SERVER_ERROR'
}
