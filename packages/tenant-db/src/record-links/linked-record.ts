import type { RecordLink } from '@tenantry/contracts/record-links'
import { asFields } from '../records/diff.ts'
import type { RecordKind, RecordRow } from '../records/record-kind.ts'
import { tableRecord, type TableRecord } from '../records/table-record.ts'
import type { LinkSource } from './columns.ts'
import { linkRefusals, linksOf } from './links.ts'
import { replaceLinks } from './replace-links.ts'

/** A record that is about others. Its links are a field like the rest: replaced, remembered and undone as a whole. */
export function linkedRecord<Row extends RecordRow & { links: readonly RecordLink[] }>(
  source: LinkSource,
  given: Omit<TableRecord<Row>, 'entity'>,
): RecordKind<Row> {
  return tableRecord<Row>({
    ...given,
    entity: source,
    refusals: { ...linkRefusals, ...given.refusals },
    fieldsOf: (row) => asFields({ ...row, links: linksOf(row.links) }),
    async writeParts(acting, id, { links }) {
      // Inputs and history have given the list its form.
      if (links !== undefined) await replaceLinks(acting, source, { id, links: links as RecordLink[] })
    },
  })
}
