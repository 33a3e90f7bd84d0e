import type { Permission } from '@tenantry/contracts/roles'
import type { Payer } from '@tenantry/crm/payer'
import type { Meta } from '../permissions.ts'
import { openProcedure, type Parse } from './builder.ts'
import { payerOf } from './payer-of.ts'
import { admitMemberToChange } from './surroundings/admission.ts'
import { surrounded, type Proceed } from './surroundings/surrounded.ts'

/** A member settles what a provider has in hand: it is asked between two transactions, and `ctx.payer` opens one for each. */
export const settlingProcedure = {
  meta: (meta: Omit<Meta, 'permission' | 'input' | 'output'> & { permission: Permission }) => {
    const chain = (parse: Parse) =>
      surrounded(meta, parse, {
        admit: admitMemberToChange,
        async open(call, proceed: Proceed<{ payer: Payer }>) {
          const { grant, tenant } = call.caller
          await proceed({ payer: payerOf(call, grant, meta) })
          call.services.memberProjection.refreshIfDue(grant, tenant.id)
        },
      })
    return openProcedure({ query: chain, mutation: chain })
  },
}
