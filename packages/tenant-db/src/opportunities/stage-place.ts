import type { Executor, LeasedDrizzle } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { StageId } from '@tenantry/contracts/ids'
import type { Stage } from '@tenantry/contracts/pipelines'
import { TenantryError } from '@tenantry/errors'
import { and, eq, isNull, sql, type SQL } from 'drizzle-orm'
import { pipelineStages } from '../pipeline-stages/table.ts'
import { pipelines } from '../pipelines/table.ts'
import { asRows } from '../records/plain.ts'
import { evenRanks, longestRank, rankBetween } from './board-rank.ts'
import { opportunities } from './table.ts'

/** What entering a stage decides. */
export type EnteredStage = Pick<Stage, 'id' | 'pipelineId' | 'kind' | 'probability' | 'forecastCategory'>

/**
 * The stage, in which nobody else places a card before this transaction ends: without that, two cards put into one gap
 * at the same time would get the same rank. Undefined for no such stage.
 */
export async function lockStage(executor: Executor, id: StageId): Promise<EnteredStage | undefined> {
  const [stage] = await executor.run(stageById, { id })
  return stage
}

/** The first open stage of a pipeline, null meaning the default one; locked like the other. */
export async function lockFirstStage(executor: Executor, pipelineId: string | null): Promise<EnteredStage | undefined> {
  const [stage] = await executor.run(pipelineId === null ? firstOfDefault : firstOfPipeline, { pipelineId })
  return stage
}

/** The stage of a card that is locked already. It is not locked too: a move locks the stage first and then the card. */
export async function findStage(executor: Executor, id: StageId): Promise<EnteredStage | undefined> {
  const [stage] = await executor.run(unlockedStage, { id })
  return stage
}

/** Where a card goes in a stage: under another card, at the top (null) or at the end (undefined). */
export interface Place {
  stageId: StageId
  /** The card that is placed; its own rank does not count. */
  cardId: string
  afterId?: string | null | undefined
}

/** The rank for a place in a locked stage. Throws RULE_VIOLATED when the card to stand under is not in the stage. */
export async function rankFor(executor: Executor, place: Place): Promise<string> {
  const rank = await rankAt(executor, place)
  if (rank !== undefined && rank.length <= longestRank) return rank
  await spreadRanks(executor, place.stageId)
  const spread = await rankAt(executor, place)
  if (spread === undefined) throw new TenantryError('INTERNAL', { detail: { reason: 'cards were not spread' } })
  return spread
}

async function rankAt(executor: Executor, { stageId, cardId, afterId }: Place): Promise<string | undefined> {
  const of = { stageId, cardId }
  if (afterId === undefined) {
    const [last] = await executor.run(lastCard, of)
    return rankBetween(last?.rank ?? null, null)
  }
  if (afterId === null) {
    const [first] = await executor.run(firstCard, of)
    return rankBetween(null, first?.rank ?? null)
  }
  const [above, below] = await executor.run(cardsFrom, { ...of, afterId })
  if (above === undefined)
    throw new TenantryError('RULE_VIOLATED', { message: 'The board has changed in the meantime.' })
  return rankBetween(above.rank, below?.rank ?? null)
}

/** Gives all cards of a stage short ranks again. Their order stays, so neither version nor history says anything of it. */
async function spreadRanks(executor: Executor, stageId: StageId): Promise<void> {
  const cards = await executor.run(allCards, { stageId })
  await executor.run(setRanks, { ids: cards.map((card) => card.id), ranks: evenRanks(cards.length) })
}

const stageColumns = {
  id: pipelineStages.id,
  pipelineId: pipelineStages.pipelineId,
  kind: pipelineStages.kind,
  probability: pipelineStages.probability,
  forecastCategory: pipelineStages.forecastCategory,
}

function selectStage(db: LeasedDrizzle, where: SQL | undefined) {
  return db
    .select(stageColumns)
    .from(pipelineStages)
    .where(and(isNull(pipelineStages.deletedAt), where))
    .orderBy(pipelineStages.position)
    .limit(1)
}

/**
 * `no key update` stands in the way of others who place cards, and of nobody who only refers to the stage. The pipeline is
 * locked for sharing, so that it is not put away while a card enters it.
 */
function lockedStage<P extends Record<string, unknown>>(where: SQL | undefined) {
  const { id, pipelineId, kind, probability, forecastCategory } = stageColumns
  return statement<P, EnteredStage>((db) =>
    db.execute<EnteredStage & Record<string, unknown>>(sql`
      select ${id} as id, ${pipelineId} as "pipelineId", ${kind} as kind, ${probability} as probability,
        ${forecastCategory} as "forecastCategory"
      from ${pipelineStages} join ${pipelines} on ${pipelines.id} = ${pipelineId}
      where ${isNull(pipelineStages.deletedAt)} and ${pipelines.deletedAt} is null and ${pipelines.archivedAt} is null
        and ${where} order by ${pipelineStages.position} limit 1
      for no key update of ${sql.identifier('pipeline_stages')} for share of ${sql.identifier('pipelines')}`),
  )
}

const firstOpen = and(eq(pipelineStages.kind, 'open'), eq(pipelineStages.isActive, true))
const defaultPipeline = sql`(select ${pipelines.id} from ${pipelines} where ${pipelines.isDefault} and ${pipelines.deletedAt} is null)`
const withId = eq(pipelineStages.id, sql.placeholder('id'))
const stageById = lockedStage<{ id: string }>(withId)
const unlockedStage = statement<{ id: string }, EnteredStage>((db) => asRows<EnteredStage>(selectStage(db, withId)))
const firstOfPipeline = lockedStage<Record<string, unknown>>(
  and(firstOpen, eq(pipelineStages.pipelineId, sql.placeholder('pipelineId'))),
)
const firstOfDefault = lockedStage<Record<string, unknown>>(
  and(firstOpen, sql`${pipelineStages.pipelineId} = ${defaultPipeline}`),
)

/** The cards of a stage as the index `opportunities_board` holds them. */
const inStage = sql`${opportunities.pipelineId} = (select ${pipelineStages.pipelineId} from ${pipelineStages} where ${pipelineStages.id} = ${sql.placeholder('stageId')})
  and ${opportunities.stageId} = ${sql.placeholder('stageId')}
  and ${opportunities.deletedAt} is null and ${opportunities.archivedAt} is null`
const others = sql`${inStage} and ${opportunities.id} <> ${sql.placeholder('cardId')}`
const upwards = sql`order by ${opportunities.boardRank}, ${opportunities.id}`
const downwards = sql`order by ${opportunities.boardRank} desc, ${opportunities.id} desc`

type Card = { rank: string }
const firstCard = statement<{ stageId: string; cardId: string }, Card>((db) =>
  db.execute<Card>(
    sql`select ${opportunities.boardRank} as rank from ${opportunities} where ${others} ${upwards} limit 1`,
  ),
)

const lastCard = statement<{ stageId: string; cardId: string }, Card>((db) =>
  db.execute<Card>(
    sql`select ${opportunities.boardRank} as rank from ${opportunities} where ${others} ${downwards} limit 1`,
  ),
)

/** The card named, if it is in the stage, and the one under it. */
const cardsFrom = statement<{ stageId: string; cardId: string; afterId: string }, Card>((db) =>
  db.execute<Card>(sql`
    select ${opportunities.boardRank} as rank from ${opportunities}
    where ${others} and (${opportunities.boardRank}, ${opportunities.id}) >= (
      select ${opportunities.boardRank}, ${opportunities.id} from ${opportunities}
      where ${others} and ${opportunities.id} = ${sql.placeholder('afterId')})
    ${upwards} limit 2`),
)

const allCards = statement<{ stageId: string }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`select ${opportunities.id} as id from ${opportunities} where ${inStage} ${upwards}`),
)

const setRanks = statement<{ ids: string[]; ranks: string[] }, Record<string, never>>((db) =>
  db.execute(sql`
    update ${opportunities} set board_rank = spread.rank
    from unnest(${sql.placeholder('ids')}::uuid[], ${sql.placeholder('ranks')}::text[]) as spread(id, rank)
    where ${opportunities.id} = spread.id`),
)
