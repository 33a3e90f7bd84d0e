import { bulkRefs, RefResult } from '@tenantry/contracts/bulk'
import { ImportBatchId } from '@tenantry/contracts/ids'
import {
  ImportBatch,
  ImportCountQuery,
  ImportFix,
  ImportListQuery,
  ImportPlan,
  ImportRow,
  ImportRowsQuery,
  ImportUpload,
} from '@tenantry/contracts/imports'
import { Count, pageOf } from '@tenantry/contracts/pages'
import { recordRef } from '@tenantry/contracts/record-inputs'
import { eachRef } from '@tenantry/crm/bulk'
import { fixImportRow, planImport } from '@tenantry/crm/plan-import'
import { stageFile } from '@tenantry/crm/stage-file'
import { TenantryError } from '@tenantry/errors'
import { once } from '@tenantry/files/examine'
import { v7 } from 'uuid'
import { z } from 'zod'
import type { TenantDb } from '../planes.ts'
import { router } from '../procedures/router.ts'
import { stagingProcedure } from '../procedures/staging.ts'
import { tenantProcedure } from '../procedures/tenant.ts'
import { workProcedure, type Announce } from '../procedures/work.ts'

const requires = '0020_imports'
const seeing = { permission: 'records.see', requires } as const
const writing = { permission: 'records.write', requires } as const
const named = recordRef(ImportBatchId)

/** What can be asked of a worker. */
type Work = Parameters<TenantDb['imports']['ask']>[1]

/** When it is looked whether a file has come whole, and the rows of one that never will are thrown away. */
const lookAfterSeconds = 900

export const importsRouter = router({
  /** Takes the rows of a file, from `POST /api/files/imports` or, if small, with the call. Nothing is imported yet. */
  upload: stagingProcedure
    .meta({ ...writing, requires: '0027_imports_of_opportunities' })
    .input(ImportUpload)
    .output(ImportBatch)
    .mutation(({ ctx: { staging, exchange }, input: { contentBase64, ...said } }) => {
      const body =
        exchange?.body ?? (contentBase64 === undefined ? undefined : once(Buffer.from(contentBase64, 'base64')))
      if (body === undefined) throw new TenantryError('BAD_INPUT', { message: 'The bytes of the file are missing.' })
      const announce: typeof staging.announce = (work) => staging.announce({ ...work, delaySeconds: lookAfterSeconds })
      const maxBytes = exchange?.maxBytes ?? Number.MAX_SAFE_INTEGER
      return stageFile({ write: staging.write, announce, maxBytes, body }, said)
    }),
  list: tenantProcedure
    .meta(seeing)
    .input(ImportListQuery)
    .output(pageOf(ImportBatch))
    .query(({ ctx, input }) => ctx.tenantDb.imports.list(input)),
  count: tenantProcedure
    .meta(seeing)
    .input(ImportCountQuery)
    .output(Count)
    .query(({ ctx, input }) => ctx.tenantDb.imports.count(input)),
  byId: tenantProcedure
    .meta(seeing)
    .input(named)
    .output(ImportBatch)
    .query(({ ctx, input }) => ctx.tenantDb.imports.byId(input.id)),
  rows: tenantProcedure
    .meta(seeing)
    .input(ImportRowsQuery)
    .output(pageOf(ImportRow))
    .query(({ ctx, input }) => ctx.tenantDb.imports.rows(input)),
  /** Which column fills which field, and what happens to records that are there already. */
  setMapping: tenantProcedure
    .meta(writing)
    .input(ImportPlan)
    .output(ImportBatch)
    .mutation(({ ctx, input }) => planImport(ctx.tenantDb, input)),
  /** Changes the cells of one row and says what is wrong with them now. */
  fixRow: tenantProcedure
    .meta(writing)
    .input(ImportFix)
    .output(ImportRow)
    .mutation(({ ctx, input }) => fixImportRow(ctx.tenantDb, input)),
  /** Finds what is wrong with the rows and writes no record. */
  validate: asking('checking'),
  /** Imports the rows that are not imported yet, those that have failed among them. Asked again, it changes nothing. */
  start: asking('running'),
  pause: tenantProcedure
    .meta(writing)
    .input(named)
    .output(ImportBatch)
    .mutation(({ ctx, input }) => ctx.tenantDb.imports.pause(input.id)),
  resume: asking('running'),
  /** Takes the import back: what it made goes, what it changed gets its values back. What was touched since is kept, and tried again when this is asked again. */
  revert: asking('reverting'),
  /** Throws the rows away; the records stay, and cannot be taken back any more. */
  remove: workProcedure
    .meta(writing)
    .input(named)
    .output(z.object({}))
    .mutation(async ({ ctx: { tenantDb, announce }, input: { id } }) => {
      await ask(tenantDb, announce, { id, work: 'removing' })
      return {}
    }),
  bulkRemove: workProcedure
    .meta(writing)
    .input(z.strictObject({ rows: bulkRefs(ImportBatchId) }))
    .output(z.array(RefResult))
    .mutation(({ ctx: { tenantDb, announce }, input: { rows } }) =>
      eachRef(tenantDb, rows, (part, { id }) => ask(part, announce, { id, work: 'removing' })),
    ),
})

function asking(work: Exclude<Work, 'removing'>) {
  return workProcedure
    .meta(writing)
    .input(named)
    .output(ImportBatch)
    .mutation(async ({ ctx: { tenantDb, announce }, input: { id } }) => {
      await ask(tenantDb, announce, { id, work })
      return tenantDb.imports.byId(id)
    })
}

async function ask(
  tenantDb: TenantDb,
  announce: Announce,
  { id, work }: { id: ImportBatchId; work: Work },
): Promise<void> {
  const workId = v7()
  await tenantDb.imports.ask(id, work, workId)
  // A worker that hears of it before this commits looks again.
  await announce({ batchId: id, workId })
}
