import { OpportunityId } from '@tenantry/contracts/ids'
import {
  Opportunity,
  OpportunityBoardQuery,
  OpportunityInput,
  OpportunityListQuery,
  OpportunityMove,
  OpportunityPatchInput,
} from '@tenantry/contracts/opportunities'
import { OpportunityLinesInput } from '@tenantry/contracts/opportunity-lines'
import { recordRef } from '@tenantry/contracts/record-inputs'
import { router, tenantProcedure } from '../procedures.ts'
import { recordProcedures } from '../record-procedures.ts'

const seeing = tenantProcedure.meta({ permission: 'records.see' })
const writing = tenantProcedure.meta({ permission: 'records.write' })

export const opportunitiesRouter = router({
  ...recordProcedures({
    id: OpportunityId,
    query: OpportunityListQuery,
    input: OpportunityInput,
    patch: OpportunityPatchInput,
    row: Opportunity,
    reader: (db) => db.opportunities,
    writer: (db) => db.opportunities,
  }),
  board: seeing.input(OpportunityBoardQuery).query(({ ctx, input }) => ctx.tenantDb.opportunities.board(input)),
  stageHistory: seeing
    .input(recordRef(OpportunityId))
    .query(({ ctx, input }) => ctx.tenantDb.opportunities.stageHistory(input.id)),
  lines: seeing.input(recordRef(OpportunityId)).query(({ ctx, input }) => ctx.tenantDb.opportunities.lines(input.id)),
  setLines: writing
    .input(OpportunityLinesInput)
    .mutation(({ ctx, input }) => ctx.tenantDb.opportunities.setLines(input)),
  move: writing.input(OpportunityMove).mutation(({ ctx, input }) => ctx.tenantDb.opportunities.move(input)),
})
