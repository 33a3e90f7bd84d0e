import type { Executor } from '@tenantry/connections/database'
import type {
  Contact,
  ContactInput,
  ContactListQuery,
  ContactPatch,
  ContactSummary,
  SilencedPoint,
  SilenceReason,
} from '@tenantry/contracts/contacts'
import type { ContactId } from '@tenantry/contracts/ids'
import { contactMerges } from '../merges/kinds.ts'
import { mergeRecords, undoMerge, type Merge } from '../merges/merge-records.ts'
import type { Acting } from '../records/acting.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { contactListing } from './listing.ts'
import { contactFields, contactRecord } from './record.ts'
import { markAddress, wantsNoContact, whySilent, type Reader } from './silence.ts'

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
  /** See `whySilent`. */
  readonly whySilent: (point: Pick<SilencedPoint, 'kind' | 'value'>) => Promise<SilenceReason | null>

  /** See `wantsNoContact`. */
  readonly wantsNoContact: (reader: Reader) => Promise<boolean>

  constructor(executor: Executor) {
    super(executor, parts)
    this.wantsNoContact = (reader) => wantsNoContact(executor, reader)
    this.whySilent = (point) => whySilent(executor, point)
  }
}

export class ContactsWriter extends RecordsWriter<ContactTypes> {
  readonly whySilent: ContactsReader['whySilent']
  readonly wantsNoContact: ContactsReader['wantsNoContact']
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting, parts)
    this.#acting = acting
    this.whySilent = (point) => whySilent(acting.executor, point)
    this.wantsNoContact = (reader) => wantsNoContact(acting.executor, reader)
  }

  /** See `markAddress`. */
  silence(mark: SilencedPoint): Promise<void> {
    return markAddress(this.#acting, mark, 'silenced')
  }

  /** See `markAddress`. */
  welcome(mark: SilencedPoint): Promise<void> {
    return markAddress(this.#acting, mark, 'welcome')
  }

  /** See `mergeRecords`. */
  merge(merge: Merge): Promise<Contact> {
    return mergeRecords(this.#acting, contactMerges, merge)
  }

  override async undo(id: ContactId, changeId: string): Promise<Contact> {
    return (await undoMerge(this.#acting, contactMerges, { id, changeId })) ?? super.undo(id, changeId)
  }
}
