import { AuditListQuery } from '@tenantry/contracts/tenants'
import { appProcedure, router } from '../procedures.ts'

export const auditRouter = router({
  list: appProcedure
    .meta({ permission: 'audit.see' })
    .input(AuditListQuery)
    .query(({ ctx, input }) => ctx.appDb.audit.list(ctx.grant, input)),
})
