import { NoteId } from '@tenantry/contracts/ids'
import { Note, NoteInput, NoteListQuery, NotePatchInput } from '@tenantry/contracts/notes'
import { router } from '../procedures/router.ts'
import { recordProcedures } from '../record-procedures.ts'

export const notesRouter = router(
  recordProcedures({
    id: NoteId,
    query: NoteListQuery,
    input: NoteInput,
    patch: NotePatchInput,
    row: Note,
    reader: (db) => db.notes,
    writer: (db) => db.notes,
    requires: '0007_lists_of_every_record',
  }),
)
