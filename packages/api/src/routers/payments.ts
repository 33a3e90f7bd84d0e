import { PaymentId } from '@tenantry/contracts/ids'
import { AllocateInput, PaymentInput, PaymentListQuery, RefundInput } from '@tenantry/contracts/payments'
import { recordRef } from '@tenantry/contracts/record-inputs'
import { router, tenantProcedure } from '../procedures.ts'

const seeing = tenantProcedure.meta({ permission: 'records.see' })
const writing = tenantProcedure.meta({ permission: 'records.write' })
const managing = tenantProcedure.meta({ permission: 'money.manage' })

/** Payments are only added. */
export const paymentsRouter = router({
  list: seeing.input(PaymentListQuery).query(({ ctx, input }) => ctx.tenantDb.payments.list(input)),
  count: seeing.input(PaymentListQuery).query(({ ctx, input }) => ctx.tenantDb.payments.count(input)),
  byId: seeing.input(recordRef(PaymentId)).query(({ ctx, input }) => ctx.tenantDb.payments.byId(input.id)),
  record: writing.input(PaymentInput).mutation(({ ctx, input }) => ctx.tenantDb.payments.record(input)),
  allocate: writing.input(AllocateInput).mutation(({ ctx, input }) => ctx.tenantDb.payments.allocate(input)),
  refund: managing.input(RefundInput).mutation(({ ctx, input }) => ctx.tenantDb.payments.refund(input)),
})
