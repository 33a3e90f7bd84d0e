import type { AttachmentInput } from '@tenantry/contracts/attachments'
import { v7 } from 'uuid'

/** A small text that is stored, as far as the database knows. */
export function attachmentInput(overrides: Partial<AttachmentInput> = {}): AttachmentInput {
  return {
    fileName: 'plan.txt',
    description: null,
    category: null,
    links: [],
    storageKey: `attachments/${v7()}`,
    byteSize: 12,
    mediaType: 'text/plain',
    sha256: new Uint8Array(32),
    width: null,
    height: null,
    ...overrides,
  }
}
