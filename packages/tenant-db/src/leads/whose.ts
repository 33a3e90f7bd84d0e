import { byOwner } from '../row-access/belonging.ts'
import type { Whose } from '../row-access/own-rows.ts'
import { leads } from './table.ts'

export const whoseLeads: Whose = { kind: 'lead', belonging: byOwner(leads.ownerId, leads.createdBy) }
