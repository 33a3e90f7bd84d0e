import { MemberRef } from '@tenantry/contracts/member-refs'
import { z } from 'zod'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'

/** The people a record can be given to, as the tenant database knows them. */
export const peopleRouter = router({
  list: tenantProcedure
    .meta({ permission: 'records.see' })
    .output(z.array(MemberRef))
    .query(({ ctx }) => ctx.tenantDb.memberRefs.list()),
})
