import type { Permission } from '@tenantry/contracts/roles'
import { openInboundDesk, openInboundReading, type InboundDesk, type InboundReading } from '../inbound/desk.ts'
import { openProcedure } from './builder.ts'
import { admitMember, admitMemberToChange } from './surroundings/admission.ts'
import { surrounded, type Proceed } from './surroundings/surrounded.ts'

/** Where messages of a company come in: `ctx.inbound` speaks of the caller's tenant, in the application database alone. */
export const inboundProcedure = {
  meta: (meta: { permission: Permission }) =>
    openProcedure({
      query: (parse) =>
        surrounded(meta, parse, {
          admit: admitMember,
          open: ({ services, caller: { grant } }, proceed: Proceed<{ inbound: InboundReading }>) =>
            proceed({ inbound: openInboundReading(services, grant) }),
        }),
      mutation: (parse) =>
        surrounded(meta, parse, {
          admit: admitMemberToChange,
          open: ({ services, caller: { grant } }, proceed: Proceed<{ inbound: InboundDesk }>) =>
            proceed({ inbound: openInboundDesk(services, grant) }),
        }),
    }),
}
