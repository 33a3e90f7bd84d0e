import type { LeasedDrizzle } from '@tenantry/connections/database'
import { memberRefs } from '../member-refs/table.ts'
import { shownLinks } from '../record-links/shown-links.ts'
import { settingEnvelopeOf, sameRow } from '../records/record-table.ts'
import { attachments } from './table.ts'

/** Files as the contract shows them, up to WHERE. Where their bytes lie is not shown. */
export function selectAttachments(db: LeasedDrizzle) {
  return db
    .select(columns)
    .from(attachments)
    .leftJoin(memberRefs, sameRow(memberRefs, memberRefs.userId, attachments.createdBy))
}

const columns = {
  id: attachments.id,
  fileName: attachments.fileName,
  description: attachments.description,
  category: attachments.category,
  byteSize: attachments.byteSize,
  mediaType: attachments.mediaType,
  state: attachments.state,
  width: attachments.width,
  height: attachments.height,
  communicationId: attachments.communicationId,
  links: shownLinks('attachment', attachments),
  uploadedByName: memberRefs.displayName,
  isEvidence: attachments.isEvidence,
  ...settingEnvelopeOf(attachments),
}
