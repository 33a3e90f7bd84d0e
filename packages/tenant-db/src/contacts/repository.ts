import type { Executor } from '@tenantry/connections/database'
import type {
  Contact,
  ContactInput,
  ContactListQuery,
  ContactPatch,
  ContactSummary,
} from '@tenantry/contracts/contacts'
import type { ContactId } from '@tenantry/contracts/ids'
import type { Count, Page } from '@tenantry/contracts/pages'
import type { RecordChange } from '@tenantry/contracts/record'
import type { Acting } from '../records/acting.ts'
import { createRecord, patchRecord, putAway, readRecord, takeBack } from '../records/change-record.ts'
import { readTimelineOf, type PageQuery } from '../records/timeline.ts'
import { undoChange } from '../records/undo-change.ts'
import { contactListing } from './listing.ts'
import { contactFields, contactRecord } from './record.ts'

export class ContactsReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  list(query: ContactListQuery): Promise<Page<ContactSummary>> {
    return contactListing.page(this.#executor, query)
  }

  count(query: ContactListQuery): Promise<Count> {
    return contactListing.count(this.#executor, query)
  }

  /** Throws NOT_FOUND. A contact in the bin is found, with `deletedAt`. */
  byId(id: ContactId): Promise<Contact> {
    return readRecord(this.#executor, contactRecord, id)
  }

  /** What happened to the contact, newest first. Throws NOT_FOUND. */
  timeline(id: ContactId, page: PageQuery): Promise<Page<RecordChange>> {
    return readTimelineOf(this.#executor, contactRecord, id, page)
  }
}

/** Of a transaction: every method writes the contact and its history together, or neither. */
export class ContactsWriter extends ContactsReader {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting.executor)
    this.#acting = acting
  }

  create(input: ContactInput): Promise<Contact> {
    return createRecord(this.#acting, contactRecord, contactFields(input))
  }

  /** Throws NOT_FOUND, and STALE_WRITE with what others changed since `version`. */
  patch({ patch, ...at }: { id: ContactId; version: number; patch: ContactPatch }): Promise<Contact> {
    return patchRecord(this.#acting, contactRecord, at, contactFields(patch))
  }

  archive(at: ContactVersion): Promise<Contact> {
    return putAway(this.#acting, contactRecord, at, 'archived')
  }

  unarchive(at: ContactVersion): Promise<Contact> {
    return takeBack(this.#acting, contactRecord, at, 'unarchived')
  }

  /** Puts the contact into the bin, from which `restore` takes it back. */
  remove(at: ContactVersion): Promise<Contact> {
    return putAway(this.#acting, contactRecord, at, 'deleted')
  }

  restore(at: ContactVersion): Promise<Contact> {
    return takeBack(this.#acting, contactRecord, at, 'restored')
  }

  /** Takes back one change of the contact's timeline. Throws STALE_WRITE when its fields have changed since. */
  undo(id: ContactId, changeId: string): Promise<Contact> {
    return undoChange(this.#acting, contactRecord, id, changeId)
  }
}

interface ContactVersion {
  id: ContactId
  version: number
}
