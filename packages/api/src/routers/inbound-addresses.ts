import { InboundAddressInput, InboundAddressRef, InboundSecretInput } from '@tenantry/contracts/inbound'
import { inboundProcedure } from '../procedures/inbound.ts'
import { router } from '../procedures/router.ts'

const managing = inboundProcedure.meta({ permission: 'tenant.manage' })

/** At which addresses mails and text messages of a company come in. */
export const inboundAddressesRouter = router({
  list: managing.query(({ ctx }) => ctx.inbound.list()),
  create: managing.input(InboundAddressInput).mutation(({ ctx, input }) => ctx.inbound.create(input)),
  replaceSecret: managing.input(InboundSecretInput).mutation(({ ctx, input }) => ctx.inbound.replaceSecret(input)),
  remove: managing.input(InboundAddressRef).mutation(({ ctx, input }) => ctx.inbound.remove(input.id)),
})
