import type { LeasedDrizzle } from '@tenantry/connections/database'
import { memberRefs } from '../member-refs/table.ts'
import { shownLinks } from '../record-links/shown-links.ts'
import { envelopeOf, sameRow } from '../records/record-table.ts'
import { notes } from './table.ts'

/** Notes as the contract shows them, up to WHERE. */
export function selectNotes(db: LeasedDrizzle) {
  return db
    .select(columns)
    .from(notes)
    .leftJoin(memberRefs, sameRow(memberRefs, memberRefs.userId, notes.createdBy))
}

const columns = {
  id: notes.id,
  title: notes.title,
  bodyMarkdown: notes.bodyMarkdown,
  saidBy: notes.saidBy,
  isPinned: notes.isPinned,
  links: shownLinks('note', notes),
  authorName: memberRefs.displayName,
  ...envelopeOf(notes),
}
