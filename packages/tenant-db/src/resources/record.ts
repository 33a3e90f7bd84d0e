import { ResourcePatch, type Resource } from '@tenantry/contracts/resources'
import { tableRecord } from '../records/table-record.ts'
import { replaceMembers } from './replace-members.ts'
import { selectResources } from './rows.ts'
import { resources } from './table.ts'

const { memberIds: _, ...own } = ResourcePatch.shape

/** The members of a combo are a field like the others: replaced, remembered and undone as a whole. */
export const resourceRecord = tableRecord<Resource>({
  entity: 'resource',
  table: resources,
  fields: Object.keys(own),
  select: selectResources,
  refusals: {
    resource_members_member_fk: { field: 'memberIds', message: 'There is no such resource.' },
    resource_members_self_check: { field: 'memberIds', message: 'A resource cannot be a part of itself.' },
  },
  async writeParts(acting, id, { memberIds }) {
    // Inputs and history have given the list its form.
    if (memberIds !== undefined) await replaceMembers(acting, id, memberIds as string[])
  },
})

/** An input in the form in which fields are compared and remembered. */
export function resourceFields<Input extends { memberIds?: readonly string[] | undefined }>(input: Input) {
  return { ...input, ...(input.memberIds && { memberIds: [...input.memberIds].sort() }) }
}
