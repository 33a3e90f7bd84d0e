import {
  CalendarFeed,
  CalendarFeedInput,
  CalendarFeedMade,
  CalendarFeedRef,
  calendarPath,
} from '@tenantry/contracts/calendar-feeds'
import { z } from 'zod'
import { appProcedure } from '../procedures/application.ts'
import { router } from '../procedures/router.ts'

const keeping = appProcedure.meta({ permission: 'records.see' })

/** Everybody has feeds of their own; whoever manages the company has a say in all of them. */
export const calendarFeedsRouter = router({
  list: keeping.output(z.array(CalendarFeed)).query(({ ctx }) => ctx.appDb.calendarFeeds.list(ctx.grant)),
  /** `path` is told here and by `rotate`, and never again. */
  create: keeping
    .input(CalendarFeedInput)
    .output(CalendarFeedMade)
    .mutation(async ({ ctx, input }) => told(await ctx.appDb.calendarFeeds.create(ctx.grant, input))),
  rotate: keeping
    .input(CalendarFeedRef)
    .output(CalendarFeedMade)
    .mutation(async ({ ctx, input }) => told(await ctx.appDb.calendarFeeds.rotate(ctx.grant, input.id))),
  revoke: keeping
    .input(CalendarFeedRef)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.appDb.calendarFeeds.revoke(ctx.grant, input.id)),
})

function told<Feed extends { token: string }>({ token, ...feed }: Feed) {
  return { ...feed, path: calendarPath(token) }
}
