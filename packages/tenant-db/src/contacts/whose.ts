import { byOwner } from '../row-access/belonging.ts'
import type { Whose } from '../row-access/own-rows.ts'
import { contacts } from './table.ts'

export const whoseContacts: Whose = { kind: 'contact', belonging: byOwner(contacts.ownerId, contacts.createdBy) }
