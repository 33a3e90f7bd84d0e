import { useQuery } from '@tanstack/react-query'
import type { CustomField, CustomizedEntity } from '@tenantry/contracts/custom-fields'
import { useTRPC } from '../../trpc/client.tsx'

const none: CustomField[] = []

/** The fields that the company has added to these records, archived ones too; none until they are read, or cannot be. */
export function useCustomFields(entity: CustomizedEntity): CustomField[] {
  const trpc = useTRPC()
  return useQuery(trpc.customFields.list.queryOptions({ entity, show: 'all' })).data ?? none
}
