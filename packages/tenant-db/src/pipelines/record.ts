import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { Pipeline, PipelineListQuery, PipelinePatch } from '@tenantry/contracts/pipelines'
import { isNull, sql } from 'drizzle-orm'
import type { Fields } from '../records/diff.ts'
import { found } from '../records/found.ts'
import { lineParameters } from '../records/history.ts'
import { lockOf } from '../records/lock.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { asRows } from '../records/plain.ts'
import type { RecordKind } from '../records/record-kind.ts'
import { withId } from '../records/record-table.ts'
import { SettingList } from '../records/setting-list.ts'
import { insertOf, updateOf } from '../records/write-statements.ts'
import { selectPipelines } from './rows.ts'
import { assertEmpty, replaceStages, stageLines, type StageLine } from './stages.ts'
import { pipelines } from './table.ts'

const fields = ['name', 'isDefault', 'position']
const insert = insertOf(pipelines, fields)
const update = updateOf(pipelines, fields)
const byId = statement<{ id: string }, Pipeline>((db) => asRows<Pipeline>(selectPipelines(db).where(withId(pipelines))))
/** Stages are a field like the others: the list is replaced, remembered and undone as a whole. */
export const pipelineRecord: RecordKind<Pipeline> = {
  entity: 'pipeline',
  byId,
  lock: lockOf(pipelines),
  fieldsOf: (row) => ({ ...row, stages: stageLines(row.stages) }),
  refusals: {},
  async insert(acting, entry, { stages, ...input }) {
    const id = entry.entityId
    const { executor } = acting
    await executor.run(insert, { ...input, id, ...lineParameters(acting, entry) })
    await replaceStages(acting, id, stages as StageLine[])
    return readAgain(executor, id)
  },
  async update(acting, entry, { before, changes: { stages, ...changes } }) {
    const { id } = before
    const { executor } = acting
    if (typeof changes['deletedAt'] === 'string') await assertEmpty(executor, id)
    await executor.run(update, { ...before, ...changes, ...lineParameters(acting, entry) })
    if (stages !== undefined) await replaceStages(acting, id, stages as StageLine[])
    return readAgain(executor, id)
  },
}

/** An input in the form in which fields are compared and remembered. */
export function pipelineFields({ stages, ...rest }: PipelinePatch): Fields {
  return { ...rest, ...(stages && { stages: stageLines(stages) }) }
}

async function readAgain(executor: Executor, id: string): Promise<Pipeline> {
  const [row] = await executor.run(byId, { id })
  return found(row)
}

/** The default one first. */
export const pipelineList = new SettingList<Pipeline, PipelineListQuery>({
  table: pipelines,
  select: (db, where) =>
    asRows<Pipeline>(
      selectPipelines(db)
        .where(where)
        .orderBy(sql`${pipelines.isDefault} desc`, pipelines.position, pipelines.name, pipelines.id),
    ),
})

/** All pipelines, none of which anybody else changes before this transaction ends. */
export async function lockPipelines(executor: Executor): Promise<Pipeline[]> {
  const [, all] = await inOneTrip([executor.run(lockAll, {}), executor.run(allPipelines, {})])
  return all
}

/** In one order, so that nobody waits in a circle. */
const lockAll = statement<Record<string, never>, { locked: number }>((db) =>
  db
    .select({ locked: sql<number>`1` })
    .from(pipelines)
    .orderBy(pipelines.id)
    .for('no key update'),
)

const allPipelines = statement<Record<string, never>, Pipeline>((db) =>
  asRows<Pipeline>(selectPipelines(db).where(isNull(pipelines.deletedAt))),
)
