import type { Permission } from '@tenantry/contracts/roles'
import { openProcedure } from './builder.ts'
import { openWebhookDesk, openWebhookReading, type WebhookDesk, type WebhookReading } from '../webhook-desk.ts'
import { admitMember, admitMemberToChange } from './surroundings/admission.ts'
import { surrounded, type Proceed } from './surroundings/surrounded.ts'

/** Whom the company tells of its changes: `ctx.webhooks` speaks of the caller's tenant, with its database beside. */
export const webhooksProcedure = {
  meta: (meta: { permission: Permission }) =>
    openProcedure({
      query: (parse) =>
        surrounded(meta, parse, {
          admit: admitMember,
          open: ({ services, caller: { grant } }, proceed: Proceed<{ webhooks: WebhookReading }>) =>
            proceed({ webhooks: openWebhookReading(services, grant) }),
        }),
      mutation: (parse) =>
        surrounded(meta, parse, {
          admit: admitMemberToChange,
          open: ({ services, caller: { grant } }, proceed: Proceed<{ webhooks: WebhookDesk }>) =>
            proceed({ webhooks: openWebhookDesk(services, grant) }),
        }),
    }),
}
