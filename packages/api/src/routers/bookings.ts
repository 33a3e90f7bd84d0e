import { RefResult } from '@tenantry/contracts/bulk'
import { BookingId } from '@tenantry/contracts/ids'
import { Count, pageOf } from '@tenantry/contracts/pages'
import { RecordChange } from '@tenantry/contracts/record'
import { recordRef, timelineQuery } from '@tenantry/contracts/record-inputs'
import {
  BlackoutInput,
  Booking,
  BookingBulkConfirmInput,
  BookingBulkPatchInput,
  BookingBulkReleaseInput,
  BookingConfirmInput,
  BookingCountQuery,
  BookingInput,
  BookingListQuery,
  BookingPatchInput,
} from '@tenantry/contracts/resources'
import { eachBooking } from '@tenantry/crm/bulk-bookings'
import { z } from 'zod'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'

const seeing = tenantProcedure.meta({ permission: 'records.see' })
const writing = tenantProcedure.meta({ permission: 'records.write' })
const results = z.array(RefResult)

export const bookingsRouter = router({
  list: seeing
    .input(BookingListQuery)
    .output(pageOf(Booking))
    .query(({ ctx, input }) => ctx.tenantDb.bookings.list(input)),
  count: seeing
    .input(BookingCountQuery)
    .output(Count)
    .query(({ ctx, input }) => ctx.tenantDb.bookings.count(input)),
  byId: seeing
    .input(recordRef(BookingId))
    .output(Booking)
    .query(({ ctx, input }) => ctx.tenantDb.bookings.byId(input.id)),
  timeline: seeing
    .input(timelineQuery(BookingId))
    .output(pageOf(RecordChange))
    .query(({ ctx, input }) => ctx.tenantDb.bookings.timeline(input.id, input)),
  book: writing
    .input(BookingInput)
    .output(z.array(Booking))
    .mutation(({ ctx, input }) => ctx.tenantDb.bookings.book(input)),
  blackOut: writing
    .input(BlackoutInput)
    .output(Booking)
    .mutation(({ ctx, input }) => ctx.tenantDb.bookings.blackOut(input)),
  confirm: writing
    .input(BookingConfirmInput)
    .output(Booking)
    .mutation(({ ctx, input }) => ctx.tenantDb.bookings.confirm(input)),
  patch: writing
    .input(BookingPatchInput)
    .output(Booking)
    .mutation(({ ctx, input }) => ctx.tenantDb.bookings.patch(input)),
  release: writing
    .input(recordRef(BookingId))
    .output(Booking)
    .mutation(({ ctx, input }) => ctx.tenantDb.bookings.release(input)),
  bulkPatch: writing
    .input(BookingBulkPatchInput)
    .output(results)
    .mutation(({ ctx, input: { rows, patch } }) =>
      eachBooking(ctx.tenantDb, rows, (part, { id }) => part.bookings.patch({ id, patch })),
    ),
  bulkConfirm: writing
    .input(BookingBulkConfirmInput)
    .output(results)
    .mutation(({ ctx, input: { rows, jumpQueue } }) =>
      eachBooking(ctx.tenantDb, rows, (part, { id }) => part.bookings.confirm({ id, jumpQueue })),
    ),
  bulkRelease: writing
    .input(BookingBulkReleaseInput)
    .output(results)
    .mutation(({ ctx, input: { rows } }) => eachBooking(ctx.tenantDb, rows, (part, row) => part.bookings.release(row))),
})
