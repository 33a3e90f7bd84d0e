import type { Note, NoteListQuery } from '@tenantry/contracts/notes'
import { Instant } from '@tenantry/contracts/scalars'
import { z } from 'zod'
import { aboutFilters } from '../record-links/about.ts'
import { comparing, is, ofRecord } from '../records/compare.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { byAuthor } from '../row-access/belonging.ts'
import { selectNotes } from './rows.ts'
import { noteNameKey, notes } from './table.ts'

export const noteListing = new Listing<Note, NoteListQuery['sort'], NoteListQuery>({
  table: notes,
  whose: { kind: 'note', belonging: byAuthor(notes.createdBy, notes.id) },
  select: (db, { where, orderBy, limit }) =>
    asRows<Note>(
      selectNotes(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    name: { key: noteNameKey, of: (row) => row.title ?? '', shape: z.string() },
    updatedAt: { key: notes.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: notes.createdAt, of: (row) => row.createdAt, shape: Instant },
  },
  filters: {
    ...aboutFilters('note', notes),
    ...comparing<NoteListQuery>({
      isPinned: is(notes.isPinned),
      ...ofRecord(notes),
    }),
  },
  texts: ownText(notes),
})
