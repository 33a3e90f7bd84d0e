import { accountRecord } from '../accounts/record.ts'
import { accounts } from '../accounts/table.ts'
import { contactRecord } from '../contacts/record.ts'
import { contacts } from '../contacts/table.ts'
import { mergeKind } from './merge-records.ts'
import { accountReferences, contactReferences } from './references.ts'
import { recordMerges } from './table.ts'

export const accountMerges = mergeKind({
  record: accountRecord,
  table: accounts,
  references: accountReferences,
  kept: recordMerges.accountId,
  merged: recordMerges.mergedAccountId,
})

export const contactMerges = mergeKind({
  record: contactRecord,
  table: contacts,
  references: contactReferences,
  kept: recordMerges.contactId,
  merged: recordMerges.mergedContactId,
})
