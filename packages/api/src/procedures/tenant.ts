import type { Permission } from '@tenantry/contracts/roles'
import type { Meta } from '../permissions.ts'
import type { TenantDb, TenantReader } from '../planes.ts'
import { openProcedure } from './builder.ts'
import { admitMember, admitMemberToChange } from './surroundings/admission.ts'
import { surrounded, type Proceed } from './surroundings/surrounded.ts'

/**
 * A business query gets the tenant's reading handle; a mutation the writing handle, in one transaction. One whose
 * `statements` says `'one'` of its input commits with the one statement it sends, in the same round trip; a second one is
 * refused. One that says `requires` is not begun in a database that lacks the migration.
 */
export const tenantProcedure = {
  meta: ({
    statements,
    ...meta
  }: Omit<Meta, 'permission' | 'input' | 'output'> & {
    permission: Permission
    statements?: (input: unknown) => 'one' | 'many'
  }) =>
    openProcedure({
      query: (parse) =>
        surrounded(meta, parse, {
          admit: admitMember,
          async open({ services, caller, marks }, proceed: Proceed<{ tenantDb: TenantReader }>) {
            const { grant, tenant, access } = caller
            await services.dataSources.withTenant(grant, (tenantDb) => proceed({ tenantDb }), marks.reading(meta))
            if (access === 'write') services.memberProjection.refreshIfDue(grant, tenant.id)
          },
        }),
      mutation: (parse) =>
        surrounded(meta, parse, {
          admit: admitMemberToChange,
          async open({ services, caller, marks, input }, proceed: Proceed<{ tenantDb: TenantDb }>) {
            const { dataSources, memberProjection } = services
            const { grant, tenant } = caller
            const work = (tenantDb: TenantDb) => proceed({ tenantDb })
            const writing = marks.writing(meta)
            if (statements?.(input) === 'one') await dataSources.withTenantStatement(grant, work, writing)
            else await dataSources.withTenantWriter(grant, work, writing)
            memberProjection.refreshIfDue(grant, tenant.id)
          },
        }),
    }),
}
