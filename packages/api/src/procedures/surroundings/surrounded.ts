import type { TenantryError } from '@tenantry/errors'
import { translateError, unwrap } from '../../errors/translate.ts'
import { asTrpcError } from '../../errors/wire-error.ts'
import type { Meta } from '../../permissions.ts'
import type { Logger } from '../../planes.ts'
import type { RequestMarks } from '../../request-marks.ts'
import type { Parse } from '../builder.ts'
import type { Context } from '../context.ts'
import { t } from './init.ts'
import { servicesOf, type HeldServices } from './ticket.ts'

/**
 * All that surrounds a resolver, in one middleware, because each level of middleware makes tRPC copy the call and its
 * context (a fifth of a get, measured): who may call, then the input, last the database. Whatever fails on the way becomes
 * a public error here and nowhere else, logged once when the caller is not told everything.
 */
export function surrounded<Caller extends object, Opened extends object>(
  meta: Meta,
  parse: Parse,
  { admit, open }: Surroundings<Caller, Opened>,
) {
  const { schema: input, output } = parse
  const described = { ...meta, ...(input !== undefined && { input }), ...(output !== undefined && { output }) }
  return t.procedure.meta(described).use(async ({ ctx, path, meta: required, getRawInput, next }) => {
    try {
      const caller = await admit(ctx, required)
      const input = parse(await getRawInput())
      const proceed = async (opened: Opened) => orThrow(await next({ ctx: { ...caller, ...opened }, input }))
      let result: Awaited<ReturnType<typeof proceed>> | undefined
      const admitAgain = () => admit(ctx.again(), required)
      await open({ services: servicesOf(ctx), caller, marks: ctx.marks, input, admitAgain }, async (opened) => {
        result = await proceed(opened)
      })
      if (result === undefined) throw new TypeError('a procedure was opened without being run')
      return result
    } catch (thrown) {
      const error = translateError(thrown)
      if (error.status >= 500) logFailure(servicesOf(ctx).logger, { requestId: ctx.requestId, path, error })
      throw asTrpcError(error)
    }
  })
}

interface Surroundings<Caller extends object, Opened extends object> {
  admit: Admit<Caller>
  /** Opens what the resolver works on, proceeds once, and closes it. */
  open: (call: Call<Caller>, proceed: Proceed<Opened>) => Promise<void>
}

/** Who calls, as far as a kind of procedure has to know it. It joins the context of the resolver. */
type Admit<Caller extends object> = (ctx: Context, meta: Meta | undefined) => Promise<Caller>

/** Runs the resolver on what was opened for it, and throws as the resolver threw. */
export type Proceed<Opened extends object> = (opened: Opened) => Promise<void>

export interface Call<Caller extends object> {
  services: HeldServices
  caller: Caller
  marks: RequestMarks
  /** As its schema has parsed it. */
  input: unknown
  /** The caller as they are now, for what takes longer than they are known to be who they were. */
  admitAgain: () => Promise<Caller>
}

function logFailure(
  logger: Logger,
  { requestId, path, error }: { requestId: string; path: string; error: TenantryError },
): void {
  const fields = { requestId, procedure: path, code: error.code, err: error }
  if (error.status === 500) logger.error(fields, 'A procedure failed')
  else logger.warn(fields, 'A procedure could not be served')
}

/**
 * `next()` returns a failure as a value. What opens a database must see it thrown, as the resolver threw it: only then does
 * the transaction roll back, and only then can a data source tell what became of its connection.
 */
function orThrow<Result extends { ok: boolean; error?: unknown }>(result: Result): Result {
  if (!result.ok) throw unwrap(result.error)
  return result
}
