import { statement } from '@tenantry/connections/statement'
import type { Attachment } from '@tenantry/contracts/attachments'
import type { RecordLink } from '@tenantry/contracts/record-links'
import { TenantryError } from '@tenantry/errors'
import { linkRefusals, linksOf } from '../record-links/links.ts'
import { replaceLinks } from '../record-links/replace-links.ts'
import type { Acting } from '../records/acting.ts'
import type { Diff, Fields } from '../records/diff.ts'
import { found } from '../records/found.ts'
import { lineParameters, type ChangeAction, type Entry } from '../records/history.ts'
import { lockOf } from '../records/lock.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { asRows } from '../records/plain.ts'
import type { RecordKind } from '../records/record-kind.ts'
import { withId } from '../records/record-table.ts'
import { insertOf, updateOf } from '../records/write-statements.ts'
import { selectAttachments } from './rows.ts'
import { attachments } from './table.ts'

const said = ['fileName', 'description', 'category']
const unsaid = { description: null, category: null, communicationId: null, isEvidence: false }
/** What was found out about the bytes. They never change, and neither does this. */
const measured = ['storageKey', 'byteSize', 'mediaType', 'sha256', 'state', 'width', 'height']
const came = ['communicationId', 'isEvidence']
const insert = insertOf(attachments, [...said, ...measured, ...came])
const update = updateOf(attachments, said)
const byId = statement<{ id: string }, Attachment>((db) =>
  asRows<Attachment>(selectAttachments(db).where(withId(attachments))),
)

/** A file that is stored already: its record is written last, so that none is without its bytes. */
export const attachmentRecord: RecordKind<Attachment> = {
  entity: 'attachment',
  byId,
  lock: lockOf(attachments),
  fieldsOf: (row) => ({ ...row, links: linksOf(row.links) }),
  assertAllows: assertNoEvidence,
  refusals: {
    ...linkRefusals,
    attachments_communication_fk: { field: 'communicationId', message: 'There is no such message.' },
  },
  async insert(acting, entry, input) {
    const id = entry.entityId
    const line: Entry = { ...entry, diff: withoutPlace(entry.diff) }
    const [, , [row]] = await inOneTrip([
      acting.executor.run(insert, { ...unsaid, ...input, state: 'ready', id, ...lineParameters(acting, line) }),
      putLinks(acting, id, input),
      acting.executor.run(byId, { id }),
    ])
    return found(row)
  },
  async update(acting, entry, { before, changes }) {
    const { id } = before
    const [, , [row]] = await inOneTrip([
      acting.executor.run(update, { ...before, ...changes, ...lineParameters(acting, entry) }),
      putLinks(acting, id, changes),
      acting.executor.run(byId, { id }),
    ])
    return found(row)
  },
}

/** Of a file that is evidence only what it is linked to, and what is said about it, may change. Throws RULE_VIOLATED. */
function assertNoEvidence({ isEvidence }: Attachment, _: ChangeAction, changes: Fields): void {
  if (!isEvidence || !('fileName' in changes || 'deletedAt' in changes)) return
  throw new TenantryError('RULE_VIOLATED', { message: 'This file is evidence. It is neither renamed nor deleted.' })
}

/** Where the bytes lie is told to nobody who reads a timeline. */
function withoutPlace(diff: Diff): Diff {
  const { storageKey: _place, sha256: _hash, ...shown } = diff
  return shown
}

async function putLinks(acting: Acting, id: string, { links }: Fields): Promise<void> {
  // Inputs and history have given the list its form.
  if (links !== undefined) await replaceLinks(acting, 'attachment', { id, links: links as RecordLink[] })
}
