import { filled } from '../expressions.ts'
import type { Given } from '../given.ts'
import { linkedTables, linkPart, linkRejects } from '../links.ts'
import { converted, copied, dropped, type TableMove } from '../table-move.ts'

export function notes(given: Given): TableMove<'notes'> {
  return {
    source: 'notes',
    decisions: {
      id: copied('id'),
      tenant_id: dropped('the tenant database knows whose it is'),
      created_at: copied('created_at'),
      updated_at: copied('updated_at'),
      body: copied('body_md'),
      is_pinned: converted('no value means no', 'is_pinned'),
      author_id: copied('created_by'),
      entity_type: converted('a link with a foreign key', 'record_links'),
      entity_id: converted('a link with a foreign key', 'record_links'),
    },
    rejects: [{ reason: 'says nothing', when: `${filled('notes.body')} is null` }, ...linkRejects(given, 'notes')],
    parts: [
      { target: 'notes', values: { is_pinned: 'coalesce(notes.is_pinned, false)' } },
      linkPart('notes', 'note_id'),
    ],
    references: linkedTables.map((to) => ({ column: 'entity_id', to })),
  }
}
