import { PaymentId } from '@tenantry/contracts/ids'
import { AllocateInput, Payment, PaymentInput, PaymentListQuery, RefundInput } from '@tenantry/contracts/payments'
import { Count, pageOf } from '@tenantry/contracts/pages'
import { recordRef } from '@tenantry/contracts/record-inputs'
import type { z } from 'zod'
import { router, tenantProcedure } from '../procedures.ts'

const seeing = (output: z.ZodType) => tenantProcedure.meta({ permission: 'records.see', output })
const writing = tenantProcedure.meta({ permission: 'records.write', output: Payment })
const managing = tenantProcedure.meta({ permission: 'money.manage', output: Payment })

/** Payments are only added. */
export const paymentsRouter = router({
  list: seeing(pageOf(Payment))
    .input(PaymentListQuery)
    .query(({ ctx, input }) => ctx.tenantDb.payments.list(input)),
  count: seeing(Count)
    .input(PaymentListQuery)
    .query(({ ctx, input }) => ctx.tenantDb.payments.count(input)),
  byId: seeing(Payment)
    .input(recordRef(PaymentId))
    .query(({ ctx, input }) => ctx.tenantDb.payments.byId(input.id)),
  record: writing.input(PaymentInput).mutation(({ ctx, input }) => ctx.tenantDb.payments.record(input)),
  allocate: writing.input(AllocateInput).mutation(({ ctx, input }) => ctx.tenantDb.payments.allocate(input)),
  refund: managing.input(RefundInput).mutation(({ ctx, input }) => ctx.tenantDb.payments.refund(input)),
})
