import { SavedViewId } from '@tenantry/contracts/ids'
import { pageOf } from '@tenantry/contracts/pages'
import { RecordChange } from '@tenantry/contracts/record'
import { recordRef, recordVersion, timelineQuery } from '@tenantry/contracts/record-inputs'
import { SavedView, SavedViewInput, SavedViewListQuery, SavedViewPatchInput } from '@tenantry/contracts/saved-views'
import { z } from 'zod'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'

/** Whoever sees records may keep how they look at them; that is no change of a record. */
const keeping = tenantProcedure.meta({ permission: 'records.see', requires: '0013_saved_views' })

export const savedViewsRouter = router({
  list: keeping
    .input(SavedViewListQuery)
    .output(z.array(SavedView))
    .query(({ ctx, input }) => ctx.tenantDb.savedViews.list(input)),
  byId: keeping
    .input(recordRef(SavedViewId))
    .output(SavedView)
    .query(({ ctx, input }) => ctx.tenantDb.savedViews.byId(input.id)),
  timeline: keeping
    .input(timelineQuery(SavedViewId))
    .output(pageOf(RecordChange))
    .query(({ ctx, input }) => ctx.tenantDb.savedViews.timeline(input.id, input)),
  create: keeping
    .input(SavedViewInput)
    .output(SavedView)
    .mutation(({ ctx, input }) => ctx.tenantDb.savedViews.create(input)),
  patch: keeping
    .input(SavedViewPatchInput)
    .output(SavedView)
    .mutation(({ ctx, input }) => ctx.tenantDb.savedViews.patch(input)),
  archive: keeping
    .input(recordVersion(SavedViewId))
    .output(SavedView)
    .mutation(({ ctx, input }) => ctx.tenantDb.savedViews.archive(input)),
  unarchive: keeping
    .input(recordVersion(SavedViewId))
    .output(SavedView)
    .mutation(({ ctx, input }) => ctx.tenantDb.savedViews.unarchive(input)),
  remove: keeping
    .input(recordVersion(SavedViewId))
    .output(SavedView)
    .mutation(({ ctx, input }) => ctx.tenantDb.savedViews.remove(input)),
  restore: keeping
    .input(recordVersion(SavedViewId))
    .output(SavedView)
    .mutation(({ ctx, input }) => ctx.tenantDb.savedViews.restore(input)),
})
