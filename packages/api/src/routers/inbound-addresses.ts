import {
  InboundAddress,
  InboundAddressInput,
  InboundAddressRef,
  InboundAddressWithSecret,
  InboundSecretInput,
} from '@tenantry/contracts/inbound'
import { z } from 'zod'
import { inboundProcedure } from '../procedures/inbound.ts'
import { router } from '../procedures/router.ts'

const managing = inboundProcedure.meta({ permission: 'tenant.manage' })

/** At which addresses mails and text messages of a company come in. */
export const inboundAddressesRouter = router({
  list: managing.output(z.array(InboundAddress)).query(({ ctx }) => ctx.inbound.list()),
  create: managing
    .input(InboundAddressInput)
    .output(InboundAddressWithSecret)
    .mutation(({ ctx, input }) => ctx.inbound.create(input)),
  replaceSecret: managing
    .input(InboundSecretInput)
    .output(InboundAddressWithSecret)
    .mutation(({ ctx, input }) => ctx.inbound.replaceSecret(input)),
  remove: managing
    .input(InboundAddressRef)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.inbound.remove(input.id)),
})
