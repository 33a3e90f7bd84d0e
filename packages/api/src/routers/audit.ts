import { pageOf } from '@tenantry/contracts/pages'
import { AuditEntry, AuditListQuery } from '@tenantry/contracts/tenants'
import { appProcedure } from '../procedures/application.ts'
import { router } from '../procedures/router.ts'

export const auditRouter = router({
  list: appProcedure
    .meta({ permission: 'audit.see' })
    .input(AuditListQuery)
    .output(pageOf(AuditEntry))
    .query(({ ctx, input }) => ctx.appDb.audit.list(ctx.grant, input)),
})
