import type { Note } from '@tenantry/contracts/notes'
import { linkedRecord } from '../record-links/linked-record.ts'
import { selectNotes } from './rows.ts'
import { notes } from './table.ts'

export const noteRecord = linkedRecord<Note>('note', {
  table: notes,
  fields: ['title', 'bodyMarkdown', 'saidBy', 'isPinned', 'custom'],
  select: selectNotes,
  refusals: { notes_body_md_check: { field: 'bodyMarkdown', message: 'Write something.' } },
})
