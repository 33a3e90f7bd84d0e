import { PaymentId } from '@tenantry/contracts/ids'
import { AllocateInput, Payment, PaymentInput, PaymentListQuery, RefundInput } from '@tenantry/contracts/payments'
import { Count, pageOf } from '@tenantry/contracts/pages'
import { recordRef } from '@tenantry/contracts/record-inputs'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'

const seeing = tenantProcedure.meta({ permission: 'records.see' })
const writing = tenantProcedure.meta({ permission: 'records.write' })
const managing = tenantProcedure.meta({ permission: 'money.manage' })

/** Payments are only added. */
export const paymentsRouter = router({
  list: seeing
    .input(PaymentListQuery)
    .output(pageOf(Payment))
    .query(({ ctx, input }) => ctx.tenantDb.payments.list(input)),
  count: seeing
    .input(PaymentListQuery)
    .output(Count)
    .query(({ ctx, input }) => ctx.tenantDb.payments.count(input)),
  byId: seeing
    .input(recordRef(PaymentId))
    .output(Payment)
    .query(({ ctx, input }) => ctx.tenantDb.payments.byId(input.id)),
  record: writing
    .input(PaymentInput)
    .output(Payment)
    .mutation(({ ctx, input }) => ctx.tenantDb.payments.record(input)),
  allocate: writing
    .input(AllocateInput)
    .output(Payment)
    .mutation(({ ctx, input }) => ctx.tenantDb.payments.allocate(input)),
  refund: managing
    .input(RefundInput)
    .output(Payment)
    .mutation(({ ctx, input }) => ctx.tenantDb.payments.refund(input)),
})
