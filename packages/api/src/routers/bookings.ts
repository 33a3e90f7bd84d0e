import { BookingId } from '@tenantry/contracts/ids'
import { recordRef } from '@tenantry/contracts/record-inputs'
import { BlackoutInput, BookingConfirmInput, BookingInput, BookingListQuery } from '@tenantry/contracts/resources'
import { router, tenantProcedure } from '../procedures.ts'

const writing = tenantProcedure.meta({ permission: 'records.write' })

export const bookingsRouter = router({
  list: tenantProcedure
    .meta({ permission: 'records.see' })
    .input(BookingListQuery)
    .query(({ ctx, input }) => ctx.tenantDb.bookings.list(input)),
  book: writing.input(BookingInput).mutation(({ ctx, input }) => ctx.tenantDb.bookings.book(input)),
  blackOut: writing.input(BlackoutInput).mutation(({ ctx, input }) => ctx.tenantDb.bookings.blackOut(input)),
  confirm: writing.input(BookingConfirmInput).mutation(({ ctx, input }) => ctx.tenantDb.bookings.confirm(input)),
  release: writing.input(recordRef(BookingId)).mutation(({ ctx, input }) => ctx.tenantDb.bookings.release(input)),
})
