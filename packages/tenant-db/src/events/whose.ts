import { byOwner } from '../row-access/belonging.ts'
import type { Whose } from '../row-access/own-rows.ts'
import { events } from './table.ts'

export const whoseEvents: Whose = { kind: 'event', belonging: byOwner(events.ownerId, events.createdBy) }
