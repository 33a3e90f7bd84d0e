import { InboundAddressInput, InboundAddressRef, InboundSecretInput } from '@tenantry/contracts/inbound'
import { inboundProcedure, router } from '../procedures.ts'

const managing = inboundProcedure.meta({ permission: 'tenant.manage' })

/** At which addresses mails and text messages of a company come in. */
export const inboundAddressesRouter = router({
  list: managing.query(({ ctx }) => ctx.inbound.list()),
  create: managing.input(InboundAddressInput).mutation(({ ctx, input }) => ctx.inbound.create(input)),
  replaceSecret: managing.input(InboundSecretInput).mutation(({ ctx, input }) => ctx.inbound.replaceSecret(input)),
  remove: managing.input(InboundAddressRef).mutation(({ ctx, input }) => ctx.inbound.remove(input.id)),
})
