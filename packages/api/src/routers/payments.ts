import { PaymentId } from '@tenantry/contracts/ids'
import {
  AllocateInput,
  CancelInput,
  Payment,
  PaymentInput,
  PaymentListQuery,
  RefundInput,
  SettleInput,
} from '@tenantry/contracts/payments'
import { Count, pageOf } from '@tenantry/contracts/pages'
import { RecordChange } from '@tenantry/contracts/record'
import { recordRef, timelineQuery } from '@tenantry/contracts/record-inputs'
import { refundPayment } from '@tenantry/crm/refund-payment'
import { settleByHand } from '@tenantry/crm/settle-payment'
import { router } from '../procedures/router.ts'
import { settlingProcedure } from '../procedures/settling.ts'
import { tenantProcedure } from '../procedures/tenant.ts'

const seeing = tenantProcedure.meta({ permission: 'records.see' })
const writing = tenantProcedure.meta({ permission: 'records.write' })
const managing = settlingProcedure.meta({ permission: 'money.manage' })

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
  timeline: seeing
    .input(timelineQuery(PaymentId))
    .output(pageOf(RecordChange))
    .query(({ ctx, input }) => ctx.tenantDb.payments.timeline(input.id, input)),
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
    .mutation(({ ctx, input }) => refundPayment(ctx.payer, input)),
  settle: managing
    .input(SettleInput)
    .output(Payment)
    .mutation(({ ctx, input }) => settleByHand(ctx.payer, input)),
  cancel: managing
    .input(CancelInput)
    .output(Payment)
    .mutation(({ ctx, input }) => settleByHand(ctx.payer, { ...input, status: 'cancelled' })),
})
