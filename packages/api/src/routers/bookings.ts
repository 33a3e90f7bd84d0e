import { BookingId } from '@tenantry/contracts/ids'
import { recordRef } from '@tenantry/contracts/record-inputs'
import {
  BlackoutInput,
  Booking,
  BookingConfirmInput,
  BookingInput,
  BookingListQuery,
} from '@tenantry/contracts/resources'
import { z } from 'zod'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'

const writing = tenantProcedure.meta({ permission: 'records.write' })

export const bookingsRouter = router({
  list: tenantProcedure
    .meta({ permission: 'records.see' })
    .input(BookingListQuery)
    .output(z.array(Booking))
    .query(({ ctx, input }) => ctx.tenantDb.bookings.list(input)),
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
  release: writing
    .input(recordRef(BookingId))
    .output(Booking)
    .mutation(({ ctx, input }) => ctx.tenantDb.bookings.release(input)),
})
