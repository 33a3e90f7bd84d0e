import type { ImportBatchId } from '@tenantry/contracts/ids'
import type { Permission } from '@tenantry/contracts/roles'
import type { TenantDb } from '../planes.ts'
import { openProcedure, type Parse } from './builder.ts'
import { admitMemberToChange } from './surroundings/admission.ts'
import { surrounded, type Proceed } from './surroundings/surrounded.ts'

/**
 * Like the mutation of a `tenantProcedure`, for what a worker goes on with: `ctx.announce` says so to the application
 * database, before the transaction commits.
 */
export const workProcedure = {
  meta: (meta: { permission: Permission; requires: string }) => {
    const chain = (parse: Parse) =>
      surrounded(meta, parse, {
        admit: admitMemberToChange,
        async open({ services, caller, marks }, proceed: Proceed<{ tenantDb: TenantDb; announce: Announce }>) {
          const { dataSources, appDb } = services
          const announce: Announce = (work) => appDb.importWork.add(caller.grant, work)
          const work = (tenantDb: TenantDb) => proceed({ tenantDb, announce })
          await dataSources.withTenantWriter(caller.grant, work, marks.writing(meta))
        },
      })
    return openProcedure({ query: chain, mutation: chain })
  },
}

export type Announce = (work: { batchId: ImportBatchId; workId: string; delaySeconds?: number }) => Promise<void>
