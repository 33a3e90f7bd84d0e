import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { Pipeline, PipelineInput } from '@tenantry/contracts/pipelines'
import { isNull, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { pipelineStages } from '../pipeline-stages/table.ts'
import { found } from '../records/found.ts'
import { lineParameters } from '../records/history.ts'
import { lockOf } from '../records/lock.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { asRows } from '../records/plain.ts'
import type { RecordKind } from '../records/record-kind.ts'
import { withId } from '../records/record-table.ts'
import { insertOf, insertPartOf, updateOf } from '../records/write-statements.ts'
import { selectPipelines } from './rows.ts'
import { pipelines } from './table.ts'

const fields = ['name', 'isDefault', 'position']
const insert = insertOf(pipelines, fields)
const update = updateOf(pipelines, fields)
const byId = statement<{ id: string }, Pipeline>((db) => asRows<Pipeline>(selectPipelines(db).where(withId(pipelines))))
const insertStage = insertPartOf(pipelineStages, [
  'pipelineId',
  'position',
  'name',
  'kind',
  'probability',
  'forecastCategory',
  'rotAfterDays',
  'color',
])

export const pipelineRecord: RecordKind<Pipeline> = {
  entity: 'pipeline',
  byId,
  lock: lockOf(pipelines),
  fieldsOf: (row) => row,
  refusals: {},
  async insert(acting, entry, { stages, ...input }) {
    const id = entry.entityId
    const actorId = acting.actor.id
    const [, , [row]] = await inOneTrip([
      acting.executor.run(insert, { ...input, id, ...lineParameters(acting, entry) }),
      inOneTrip(
        // `create` is the only caller, and its input has passed the contract.
        (stages as PipelineInput['stages']).map((stage, position) =>
          acting.executor.run(insertStage, { color: null, ...stage, id: v7(), pipelineId: id, position, actorId }),
        ),
      ),
      acting.executor.run(byId, { id }),
    ])
    return found(row)
  },
  async update(acting, entry, { before, changes }) {
    const [, [row]] = await inOneTrip([
      acting.executor.run(update, { ...before, ...changes, ...lineParameters(acting, entry) }),
      acting.executor.run(byId, { id: before.id }),
    ])
    return found(row)
  },
}

/** Pipelines that are in use, the default one first. */
export const livePipelines = statement<Record<string, never>, Pipeline>((db) =>
  asRows<Pipeline>(
    selectPipelines(db)
      .where(sql`${pipelines.deletedAt} is null and ${pipelines.archivedAt} is null`)
      .orderBy(sql`${pipelines.isDefault} desc`, pipelines.position, pipelines.name, pipelines.id),
  ),
)

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
