import { OpportunityId } from '@tenantry/contracts/ids'
import {
  OpportunityBoardQuery,
  OpportunityInput,
  OpportunityListQuery,
  OpportunityMove,
  OpportunityPatchInput,
} from '@tenantry/contracts/opportunities'
import { recordRef, recordVersion, timelineQuery, undoInput } from '@tenantry/contracts/record-inputs'
import { router, tenantProcedure } from '../procedures.ts'

const seeing = tenantProcedure.meta({ permission: 'records.see' })
const writing = tenantProcedure.meta({ permission: 'records.write' })

export const opportunitiesRouter = router({
  list: seeing.input(OpportunityListQuery).query(({ ctx, input }) => ctx.tenantDb.opportunities.list(input)),
  count: seeing.input(OpportunityListQuery).query(({ ctx, input }) => ctx.tenantDb.opportunities.count(input)),
  board: seeing.input(OpportunityBoardQuery).query(({ ctx, input }) => ctx.tenantDb.opportunities.board(input)),
  byId: seeing.input(recordRef(OpportunityId)).query(({ ctx, input }) => ctx.tenantDb.opportunities.byId(input.id)),
  timeline: seeing
    .input(timelineQuery(OpportunityId))
    .query(({ ctx, input }) => ctx.tenantDb.opportunities.timeline(input.id, input)),
  stageHistory: seeing
    .input(recordRef(OpportunityId))
    .query(({ ctx, input }) => ctx.tenantDb.opportunities.stageHistory(input.id)),
  create: writing.input(OpportunityInput).mutation(({ ctx, input }) => ctx.tenantDb.opportunities.create(input)),
  patch: writing.input(OpportunityPatchInput).mutation(({ ctx, input }) => ctx.tenantDb.opportunities.patch(input)),
  move: writing.input(OpportunityMove).mutation(({ ctx, input }) => ctx.tenantDb.opportunities.move(input)),
  archive: writing
    .input(recordVersion(OpportunityId))
    .mutation(({ ctx, input }) => ctx.tenantDb.opportunities.archive(input)),
  unarchive: writing
    .input(recordVersion(OpportunityId))
    .mutation(({ ctx, input }) => ctx.tenantDb.opportunities.unarchive(input)),
  remove: writing
    .input(recordVersion(OpportunityId))
    .mutation(({ ctx, input }) => ctx.tenantDb.opportunities.remove(input)),
  restore: writing
    .input(recordVersion(OpportunityId))
    .mutation(({ ctx, input }) => ctx.tenantDb.opportunities.restore(input)),
  undo: writing
    .input(undoInput(OpportunityId))
    .mutation(({ ctx, input }) => ctx.tenantDb.opportunities.undo(input.id, input.changeId)),
})
