import type { Executor } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import type { Page } from '@tenantry/contracts/pages'
import type { RecordChange } from '@tenantry/contracts/record'
import { and, desc, eq, lt, sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { memberRefs } from '../member-refs/table.ts'
import { recordChanges } from '../record-changes/table.ts'
import { readRecord } from './change-record.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { asRows, type Plain } from './plain.ts'
import type { RecordKind, RecordRow } from './record-kind.ts'
import { sameRow } from './record-table.ts'
import { withholdUnseen } from './withhold-unseen.ts'

export interface PageQuery {
  cursor?: string | null | undefined
  limit: number
}

/** What happened to one record, newest first. Throws NOT_FOUND. */
export async function readTimelineOf<Row extends RecordRow>(
  executor: Executor,
  kind: RecordKind<Row>,
  id: string,
  page: PageQuery,
): Promise<Page<RecordChange>> {
  const timeline = await readTimeline(executor, { entity: kind.entity, entityId: id }, page)
  // A record that was created here has a line at least, so only an empty timeline leaves the question open.
  if (timeline.rows.length === 0) await readRecord(executor, kind, id)
  return timeline
}

/** What happened to one record, newest first. Empty for a record that has no history or does not exist. */
export function readTimeline(
  executor: Executor,
  of: { entity: string; entityId: string },
  page: PageQuery,
): Promise<Page<RecordChange>> {
  return readLines(executor, { lines: allLines, of }, page)
}

/** A page of some lines of a record's history, newest first. */
export async function readLines<Of extends { entity: string; entityId: string }>(
  executor: Executor,
  { lines, of }: { lines: Lines; of: Of },
  { cursor, limit }: PageQuery,
): Promise<Page<RecordChange>> {
  const before = cursor == null ? newest : readCursor(cursor, order, { value: ChangeId, id: ChangeId }).id
  const rows = await executor.run(lines, { ...of, before, limit: limit + 1 })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    rows: await withholdUnseen(executor, rows.slice(0, limit)),
    nextCursor: last ? writeCursor(order, { value: last.id, id: last.id }) : null,
  }
}

const order = 'timeline'
const ChangeId = z.string().regex(/^[1-9][0-9]{0,17}$/)
/** Beyond any id that is given out. */
const newest = '9223372036854775807'

type Lines = Statement<Record<string, unknown>, RecordChange>

/** Asks for the lines of `entity` and `entityId` for which `where` holds. */
export function linesWhere(where?: SQL): Lines {
  return statement<Record<string, unknown>, RecordChange>((db) =>
    asRows<RecordChange>(
      db
        .select({
          id: recordChanges.id,
          entity: recordChanges.entity,
          entityId: recordChanges.entityId,
          action: sql<Plain<RecordChange>['action']>`${recordChanges.action}`,
          diff: recordChanges.diff,
          versionAfter: recordChanges.versionAfter,
          actorId: recordChanges.actorId,
          actorName: memberRefs.displayName,
          actorKind: recordChanges.actorKind,
          undoOf: recordChanges.undoOf,
          at: recordChanges.at,
        })
        .from(recordChanges)
        .leftJoin(memberRefs, sameRow(memberRefs, memberRefs.userId, recordChanges.actorId))
        .where(
          and(
            eq(recordChanges.entity, sql.placeholder('entity')),
            eq(recordChanges.entityId, sql.placeholder('entityId')),
            lt(recordChanges.id, sql.placeholder('before')),
            where,
          ),
        )
        .orderBy(desc(recordChanges.id))
        .limit(sql.placeholder('limit')),
    ),
  )
}

const allLines = linesWhere()
