import { filled, isEarliest } from '../expressions.ts'
import type { Given } from '../given.ts'
import { linkedTables, linkPart, linkRejects } from '../links.ts'
import { converted, copied, dropped, type TableMove } from '../table-move.ts'

export function attachments(given: Given): TableMove<'attachments'> {
  return {
    source: 'attachments',
    decisions: {
      id: copied('id'),
      tenant_id: dropped('the tenant database knows whose it is'),
      created_at: copied('created_at'),
      updated_at: copied('updated_at'),
      file_name: copied('file_name'),
      file_path: copied('storage_key'),
      file_size: converted('zero where it was not recorded', 'byte_size'),
      mime_type: converted('any bytes where it was not recorded', 'media_type'),
      uploaded_by: copied('created_by'),
      entity_type: converted('a link with a foreign key', 'record_links'),
      entity_id: converted('a link with a foreign key', 'record_links'),
    },
    rejects: [
      { reason: 'has no file name', when: `${filled('attachments.file_name')} is null` },
      { reason: 'has no file', when: `${filled('attachments.file_path')} is null` },
      { reason: 'has a size below zero', when: 'attachments.file_size < 0' },
      {
        reason: 'names the same file as an earlier row',
        when: `attachments.file_path is not null and not ${isEarliest(given.company, 'attachments', { of: ['file_path'] })}`,
      },
      ...linkRejects(given, 'attachments'),
    ],
    parts: [
      {
        target: 'attachments',
        values: {
          byte_size: 'coalesce(attachments.file_size, 0)',
          media_type: `coalesce(${filled('attachments.mime_type')}, 'application/octet-stream')`,
          state: `'ready'`,
        },
      },
      linkPart('attachments', 'attachment_id'),
    ],
    references: linkedTables.map((to) => ({ column: 'entity_id', to })),
    kin: [{ table: 'attachments', column: 'file_path', of: 'file_path' }],
  }
}
