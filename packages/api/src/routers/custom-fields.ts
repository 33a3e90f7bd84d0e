import {
  CustomField,
  CustomFieldInput,
  CustomFieldListQuery,
  CustomFieldOrder,
  CustomFieldPatchInput,
} from '@tenantry/contracts/custom-fields'
import { CustomFieldId } from '@tenantry/contracts/ids'
import { pageOf } from '@tenantry/contracts/pages'
import { RecordChange } from '@tenantry/contracts/record'
import { recordRef, recordVersion, timelineQuery } from '@tenantry/contracts/record-inputs'
import { z } from 'zod'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'

const requires = '0019_custom_fields'
const seeing = tenantProcedure.meta({ permission: 'records.see', requires })
/** How the company works is decided by whoever decides about its pipelines. */
const managing = tenantProcedure.meta({ permission: 'pipelines.manage', requires })
const at = recordVersion(CustomFieldId)

export const customFieldsRouter = router({
  list: seeing
    .input(CustomFieldListQuery)
    .output(z.array(CustomField))
    .query(({ ctx, input }) => ctx.tenantDb.customFields.list(input)),
  byId: seeing
    .input(recordRef(CustomFieldId))
    .output(CustomField)
    .query(({ ctx, input }) => ctx.tenantDb.customFields.byId(input.id)),
  timeline: seeing
    .input(timelineQuery(CustomFieldId))
    .output(pageOf(RecordChange))
    .query(({ ctx, input }) => ctx.tenantDb.customFields.timeline(input.id, input)),
  create: managing
    .input(CustomFieldInput)
    .output(CustomField)
    .mutation(({ ctx, input }) => ctx.tenantDb.customFields.create(input)),
  patch: managing
    .input(CustomFieldPatchInput)
    .output(CustomField)
    .mutation(({ ctx, input }) => ctx.tenantDb.customFields.patch(input)),
  archive: managing
    .input(at)
    .output(CustomField)
    .mutation(({ ctx, input }) => ctx.tenantDb.customFields.archive(input)),
  restore: managing
    .input(at)
    .output(CustomField)
    .mutation(({ ctx, input }) => ctx.tenantDb.customFields.restore(input)),
  reorder: managing
    .input(CustomFieldOrder)
    .output(z.array(CustomField))
    .mutation(({ ctx, input }) => ctx.tenantDb.customFields.reorder(input)),
})
