import { ApiKeyInput, ApiKeyRef } from '@tenantry/contracts/api-keys'
import { appProcedure } from '../procedures/application.ts'
import { router } from '../procedures/router.ts'

const managing = appProcedure.meta({ permission: 'tenant.manage' })

export const apiKeysRouter = router({
  list: managing.query(({ ctx }) => ctx.appDb.apiKeys.list(ctx.grant)),
  create: managing.input(ApiKeyInput).mutation(({ ctx, input }) => ctx.appDb.apiKeys.create(ctx.grant, input)),
  revoke: managing.input(ApiKeyRef).mutation(({ ctx, input }) => ctx.appDb.apiKeys.revoke(ctx.grant, input.id)),
})
