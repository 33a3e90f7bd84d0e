import type { Permission } from '@tenantry/contracts/roles'
import { openMailDesk, type MailDesk } from '../mail-desk.ts'
import type { TenantDb } from '../planes.ts'
import { openLinks, type OpenLink } from '../public/opened-link.ts'
import { openProcedure, type Parse } from './builder.ts'
import { admitMemberToChange } from './surroundings/admission.ts'
import { surrounded, type Proceed } from './surroundings/surrounded.ts'

/**
 * Like the mutation of a `tenantProcedure`, for what is sent to customers: `ctx.openLink` makes the link they open it by,
 * `ctx.mail` writes to them.
 */
export const sendingProcedure = {
  meta: (meta: { permission: Permission; requires?: string }) => {
    const chain = (parse: Parse) =>
      surrounded(meta, parse, {
        admit: admitMemberToChange,
        async open(
          { services, caller, marks },
          proceed: Proceed<{ tenantDb: TenantDb; openLink: OpenLink; mail: MailDesk }>,
        ) {
          const { dataSources, memberProjection, appDb, mailTokens } = services
          const { grant, tenant } = caller
          const openLink = openLinks(appDb, grant)
          const mail = openMailDesk(appDb, grant, mailTokens)
          const work = (tenantDb: TenantDb) => proceed({ tenantDb, openLink, mail })
          await dataSources.withTenantWriter(grant, work, marks.writing(meta))
          memberProjection.refreshIfDue(grant, tenant.id)
        },
      })
    return openProcedure({ query: chain, mutation: chain })
  },
}
