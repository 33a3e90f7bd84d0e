import type { Executor } from '@tenantry/connections/database'
import type { Attachment, AttachmentInput, AttachmentListQuery, AttachmentPatch } from '@tenantry/contracts/attachments'
import type { AttachmentId } from '@tenantry/contracts/ids'
import { withLinks } from '../record-links/links.ts'
import type { Acting } from '../records/acting.ts'
import type { Fields } from '../records/diff.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { attachmentListing } from './listing.ts'
import { findPlace, placeOf, placesAfter, type FilePlace, type PlacesPage } from './places.ts'
import { attachmentRecord } from './record.ts'

interface AttachmentTypes {
  id: AttachmentId
  row: Attachment
  listed: Attachment
  query: AttachmentListQuery
  input: AttachmentInput
  patch: AttachmentPatch
}

const parts: RecordParts<AttachmentTypes> = {
  record: attachmentRecord,
  listing: attachmentListing,
  fieldsOf: attachmentFields,
}

export class AttachmentsReader extends RecordsReader<AttachmentTypes> {
  /** Where a file's bytes lie. Throws NOT_FOUND. */
  readonly placeOf: (id: AttachmentId) => Promise<FilePlace>
  /** See `findPlace`. */
  readonly findPlace: (id: AttachmentId) => Promise<FilePlace | undefined>
  /** All files there are, those in the bin too, page by page. */
  readonly places: (page: PlacesPage) => Promise<FilePlace[]>

  constructor(executor: Executor) {
    super(executor, parts)
    this.placeOf = (id) => placeOf(executor, id)
    this.findPlace = (id) => findPlace(executor, id)
    this.places = (page) => placesAfter(executor, page)
  }
}

export class AttachmentsWriter extends RecordsWriter<AttachmentTypes> {
  readonly placeOf: AttachmentsReader['placeOf']
  readonly findPlace: AttachmentsReader['findPlace']
  readonly places: AttachmentsReader['places']

  constructor(acting: Acting) {
    super(acting, parts)
    this.placeOf = (id) => placeOf(acting.executor, id)
    this.findPlace = (id) => findPlace(acting.executor, id)
    this.places = (page) => placesAfter(acting.executor, page)
  }
}

/** The hash as Postgres writes bytes; it is compared and remembered by nobody. */
function attachmentFields(input: AttachmentInput | AttachmentPatch): Fields {
  const fields: Fields = withLinks(input)
  const { sha256 } = fields
  return sha256 instanceof Uint8Array ? { ...fields, sha256: `\\x${Buffer.from(sha256).toString('hex')}` } : fields
}
