import type { Permission } from '@tenantry/contracts/roles'
import type { TenantDb } from '../planes.ts'
import { openProcedure, type Parse } from './builder.ts'
import { admitMemberToChange } from './surroundings/admission.ts'
import { surrounded, type Proceed } from './surroundings/surrounded.ts'
import type { Announce } from './work.ts'

/**
 * Rows of a file on their way into the tenant's database, in many transactions and for as long as their sender takes: each
 * begins with a caller who may still do it.
 */
export const stagingProcedure = {
  meta: (meta: { permission: Permission; requires: string }) => {
    const chain = (parse: Parse) =>
      surrounded(meta, parse, {
        admit: admitMemberToChange,
        open({ services, caller, marks, admitAgain }, proceed: Proceed<{ staging: StagingDesk }>) {
          const { dataSources, appDb } = services
          let [admitted, admittedAt] = [caller, performance.now()]
          const grant = async () => {
            if (performance.now() - admittedAt > freshMs) {
              admitted = await admitAgain()
              admittedAt = performance.now()
            }
            return admitted.grant
          }
          return proceed({
            staging: {
              write: async (work) => dataSources.withTenantWriter(await grant(), work, marks.writing(meta)),
              announce: async (work) => appDb.importWork.add(await grant(), work),
            },
          })
        },
      })
    return openProcedure({ query: chain, mutation: chain })
  },
}

/** A grant lives for a minute. */
const freshMs = 20_000

interface StagingDesk {
  write: <T>(work: (db: TenantDb) => Promise<T>) => Promise<T>
  announce: Announce
}
