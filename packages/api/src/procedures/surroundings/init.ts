import { initTRPC } from '@trpc/server'
import { tenantryErrorOf, wireError } from '../../errors/wire-error.ts'
import type { Meta } from '../../permissions.ts'
import type { Context } from '../context.ts'

export const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    errorFormatter: ({ error, ctx }) => wireError(tenantryErrorOf(error), ctx?.requestId ?? ''),
  })
