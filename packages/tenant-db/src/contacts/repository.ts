import type { Executor } from '@tenantry/connections/database'
import type {
  Contact,
  ContactInput,
  ContactListQuery,
  ContactPatch,
  ContactSummary,
} from '@tenantry/contracts/contacts'
import type { ContactId } from '@tenantry/contracts/ids'
import { contactMerges } from '../merges/kinds.ts'
import { mergeRecords, undoMerge, type Merge } from '../merges/merge-records.ts'
import type { Acting } from '../records/acting.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { contactListing } from './listing.ts'
import { contactFields, contactRecord } from './record.ts'

interface ContactTypes {
  id: ContactId
  row: Contact
  listed: ContactSummary
  query: ContactListQuery
  input: ContactInput
  patch: ContactPatch
}

const parts: RecordParts<ContactTypes> = { record: contactRecord, listing: contactListing, fieldsOf: contactFields }

export class ContactsReader extends RecordsReader<ContactTypes> {
  constructor(executor: Executor) {
    super(executor, parts)
  }
}

export class ContactsWriter extends RecordsWriter<ContactTypes> {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting, parts)
    this.#acting = acting
  }

  /** See `mergeRecords`. */
  merge(merge: Merge): Promise<Contact> {
    return mergeRecords(this.#acting, contactMerges, merge)
  }

  override async undo(id: ContactId, changeId: string): Promise<Contact> {
    return (await undoMerge(this.#acting, contactMerges, { id, changeId })) ?? super.undo(id, changeId)
  }
}
