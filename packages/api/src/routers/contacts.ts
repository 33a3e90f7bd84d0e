import {
  Contact,
  ContactInput,
  ContactListQuery,
  ContactPatchInput,
  ContactSummary,
} from '@tenantry/contracts/contacts'
import { ContactId } from '@tenantry/contracts/ids'
import { router } from '../procedures.ts'
import { recordProcedures } from '../record-procedures.ts'

export const contactsRouter = router(
  recordProcedures({
    id: ContactId,
    query: ContactListQuery,
    input: ContactInput,
    patch: ContactPatchInput,
    row: Contact,
    listed: ContactSummary,
    reader: (db) => db.contacts,
    writer: (db) => db.contacts,
  }),
)
