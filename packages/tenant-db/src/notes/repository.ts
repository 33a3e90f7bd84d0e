import type { Executor } from '@tenantry/connections/database'
import type { NoteId } from '@tenantry/contracts/ids'
import type { Note, NoteInput, NoteListQuery, NotePatch } from '@tenantry/contracts/notes'
import type { Acting } from '../records/acting.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { withLinks } from '../record-links/links.ts'
import { noteListing } from './listing.ts'
import { noteRecord } from './record.ts'

interface NoteTypes {
  id: NoteId
  row: Note
  listed: Note
  query: NoteListQuery
  input: NoteInput
  patch: NotePatch
}

const parts: RecordParts<NoteTypes> = { record: noteRecord, listing: noteListing, fieldsOf: withLinks }

export class NotesReader extends RecordsReader<NoteTypes> {
  constructor(executor: Executor) {
    super(executor, parts)
  }
}

export class NotesWriter extends RecordsWriter<NoteTypes> {
  constructor(acting: Acting) {
    super(acting, parts)
  }
}
