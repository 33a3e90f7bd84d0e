import { errorCodes, type ErrorCode } from './codes.ts'

/** Marks the class across module copies: the bundler and the server each load their own. */
const brand = Symbol.for('tenantry.error')

export interface TenantryErrorOptions {
  /** Public sentence; may reach a browser. Defaults to the sentence of the code. Never put data into it. */
  message?: string
  /** Public, structured facts for the client: changed fields, field errors. */
  data?: Record<string, unknown>
  /** For logs only. Never SQL text, bound values, credentials or connection strings. */
  detail?: Record<string, unknown>
  retryAfterSeconds?: number
  cause?: unknown
  /**
   * Refused before anything was tried, as one of very many: it gets no stack, which would cost more than all else and says
   * only where refusing is done.
   */
  stack?: 'none' | undefined
}

/** The only error that leaves a Tenantry package. `message` and `data` are public, `detail` and `cause` are not. */
export class TenantryError extends Error {
  override readonly name = 'TenantryError'
  readonly code: ErrorCode
  readonly data: Record<string, unknown> | undefined
  readonly detail: Record<string, unknown> | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, options: TenantryErrorOptions = {}) {
    const { stackTraceLimit } = Error
    if (options.stack === 'none') Error.stackTraceLimit = 0
    super(
      options.message ?? errorCodes[code].message,
      options.cause === undefined ? undefined : { cause: options.cause },
    )
    Error.stackTraceLimit = stackTraceLimit
    this.code = code
    this.data = options.data
    this.detail = options.detail
    this.retryAfterSeconds = options.retryAfterSeconds
    Object.defineProperty(this, brand, { value: true })
  }

  /** HTTP status of the code. */
  get status(): number {
    return errorCodes[this.code].status
  }
}

/** True for a TenantryError of any module copy; narrows by `code` when one is given. */
export function isTenantryError(value: unknown, code?: ErrorCode): value is TenantryError {
  return (
    value instanceof Error &&
    brand in value &&
    (code === undefined || (value as unknown as TenantryError).code === code)
  )
}
