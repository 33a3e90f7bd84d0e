import { OpportunityId } from '@tenantry/contracts/ids'
import {
  Opportunity,
  OpportunityBoard,
  OpportunityBoardQuery,
  OpportunityInput,
  OpportunityListQuery,
  OpportunityMove,
  OpportunityPatchInput,
  StageChange,
} from '@tenantry/contracts/opportunities'
import { OpportunityLine, OpportunityLinesInput } from '@tenantry/contracts/opportunity-lines'
import { recordRef } from '@tenantry/contracts/record-inputs'
import { z } from 'zod'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'
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
  board: seeing
    .input(OpportunityBoardQuery)
    .output(OpportunityBoard)
    .query(({ ctx, input }) => ctx.tenantDb.opportunities.board(input)),
  stageHistory: seeing
    .input(recordRef(OpportunityId))
    .output(z.array(StageChange))
    .query(({ ctx, input }) => ctx.tenantDb.opportunities.stageHistory(input.id)),
  lines: seeing
    .input(recordRef(OpportunityId))
    .output(z.array(OpportunityLine))
    .query(({ ctx, input }) => ctx.tenantDb.opportunities.lines(input.id)),
  setLines: writing
    .input(OpportunityLinesInput)
    .output(Opportunity)
    .mutation(({ ctx, input }) => ctx.tenantDb.opportunities.setLines(input)),
  move: writing
    .input(OpportunityMove)
    .output(Opportunity)
    .mutation(({ ctx, input }) => ctx.tenantDb.opportunities.move(input)),
})
