import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { AttachmentState } from '@tenantry/contracts/attachments'
import type { AttachmentId } from '@tenantry/contracts/ids'
import { asc, gt, sql } from 'drizzle-orm'
import { found } from '../records/found.ts'
import { asRows } from '../records/plain.ts'
import { withId } from '../records/record-table.ts'
import { attachments } from './table.ts'

/** A file with where its bytes lie, for whoever fetches them. */
export interface FilePlace {
  id: AttachmentId
  fileName: string
  mediaType: string
  byteSize: number
  state: AttachmentState
  storageKey: string
  width: number | null
}

/** Undefined for one that there is not, or that its reader does not see. */
export async function findPlace(executor: Executor, id: AttachmentId): Promise<FilePlace | undefined> {
  const [place] = await executor.run(placeById, { id })
  return place
}

/** Throws NOT_FOUND. Files in the bin keep their bytes. */
export async function placeOf(executor: Executor, id: AttachmentId): Promise<FilePlace> {
  return found(await findPlace(executor, id))
}

export interface PlacesPage {
  /** The last id of the page before. */
  after: AttachmentId | undefined
  limit: number
}

/** All files there are, those in the bin too, by id. */
export function placesAfter(executor: Executor, { after, limit }: PlacesPage): Promise<FilePlace[]> {
  return executor.run(nextPlaces, { after: after ?? firstId, limit })
}

/** Before every other. */
const firstId = '00000000-0000-0000-0000-000000000000'

const columns = {
  id: attachments.id,
  fileName: attachments.fileName,
  mediaType: attachments.mediaType,
  byteSize: attachments.byteSize,
  state: attachments.state,
  storageKey: attachments.storageKey,
  width: attachments.width,
}

const placeById = statement<{ id: string }, FilePlace>((db) =>
  asRows<FilePlace>(db.select(columns).from(attachments).where(withId(attachments))),
)

const nextPlaces = statement<{ after: string; limit: number }, FilePlace>((db) =>
  asRows<FilePlace>(
    db
      .select(columns)
      .from(attachments)
      .where(gt(attachments.id, sql.placeholder('after')))
      .orderBy(asc(attachments.tenantId), asc(attachments.id))
      .limit(sql.placeholder('limit')),
  ),
)
