import { byOwner } from '../row-access/belonging.ts'
import type { Whose } from '../row-access/own-rows.ts'
import { opportunities } from './table.ts'

export const whoseOpportunities: Whose = {
  kind: 'opportunity',
  belonging: byOwner(opportunities.ownerId, opportunities.createdBy),
}
