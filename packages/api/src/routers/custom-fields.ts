import {
  CustomField,
  CustomFieldInput,
  CustomFieldListQuery,
  CustomFieldOrder,
  CustomFieldPatchInput,
} from '@tenantry/contracts/custom-fields'
import { CustomFieldId } from '@tenantry/contracts/ids'
import { z } from 'zod'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'
import { settingProcedures } from '../record-procedures.ts'

/** How the company works is decided by whoever decides about its pipelines. */
const managing = { permission: 'pipelines.manage', requires: '0019_custom_fields' } as const

export const customFieldsRouter = router({
  ...settingProcedures({
    id: CustomFieldId,
    query: CustomFieldListQuery,
    input: CustomFieldInput,
    patch: CustomFieldPatchInput,
    row: CustomField,
    reader: (db) => db.customFields,
    writer: (db) => db.customFields,
    ...managing,
  }),
  reorder: tenantProcedure
    .meta(managing)
    .input(CustomFieldOrder)
    .output(z.array(CustomField))
    .mutation(({ ctx, input }) => ctx.tenantDb.customFields.reorder(input)),
})
