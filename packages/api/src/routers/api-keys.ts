import { ApiKey, ApiKeyInput, ApiKeyRef, CreatedApiKey } from '@tenantry/contracts/api-keys'
import { z } from 'zod'
import { appProcedure } from '../procedures/application.ts'
import { router } from '../procedures/router.ts'

const managing = appProcedure.meta({ permission: 'tenant.manage' })

export const apiKeysRouter = router({
  list: managing.output(z.array(ApiKey)).query(({ ctx }) => ctx.appDb.apiKeys.list(ctx.grant)),
  create: managing
    .input(ApiKeyInput)
    .output(CreatedApiKey)
    .mutation(({ ctx, input }) => ctx.appDb.apiKeys.create(ctx.grant, input)),
  revoke: managing
    .input(ApiKeyRef)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.appDb.apiKeys.revoke(ctx.grant, input.id)),
})
