import type { Payer } from '@tenantry/crm/payer'
import type { UsedLink } from '../public/opened-link.ts'
import { openProcedure, type Parse } from './builder.ts'
import type { LinkMeta } from './link.ts'
import { payerOf } from './payer-of.ts'
import { admitPublicCall } from './surroundings/admission.ts'
import { surrounded, type Proceed } from './surroundings/surrounded.ts'
import { useLinkToChange } from './use-link.ts'

/** Money is taken between two transactions and in none: `ctx.payer` opens one for each step. */
export const payingProcedure = {
  meta: ({ kind, ...meta }: LinkMeta) => {
    const chain = (parse: Parse) =>
      surrounded(meta, parse, {
        admit: admitPublicCall,
        async open(call, proceed: Proceed<{ payer: Payer; link: UsedLink }>) {
          const { grant, link } = await useLinkToChange(call, kind)
          await proceed({ link, payer: payerOf(call, grant, meta) })
        },
      })
    return openProcedure({ query: chain, mutation: chain })
  },
}
