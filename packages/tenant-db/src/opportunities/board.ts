import type { Executor } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import type { PipelineId, StageId } from '@tenantry/contracts/ids'
import type { Opportunity, OpportunityBoard, OpportunityBoardQuery } from '@tenantry/contracts/opportunities'
import type { StageKind } from '@tenantry/contracts/pipelines'
import { TenantryError } from '@tenantry/errors'
import { and, sql, type SQL } from 'drizzle-orm'
import { pipelineStages as stages } from '../pipeline-stages/table.ts'
import { pipelines } from '../pipelines/table.ts'
import {
  askedFilters,
  conditionsOf,
  containing,
  parametersOf,
  shapeOf,
  type Asked,
  type Filter,
} from '../records/filter.ts'
import { asRows } from '../records/plain.ts'
import { OwnRows, ownFilter } from '../row-access/own-rows.ts'
import { selectOpportunities } from './rows.ts'
import { opportunities as cards } from './table.ts'
import { whoseOpportunities } from './whose.ts'

/**
 * One pipeline's stages, each with its first cards and with count and totals of all its cards. Two statements at the
 * same time, so it takes as long as one; for a limited member their cards are found before. Throws NOT_FOUND when there is no such pipeline.
 */
export async function readBoard(executor: Executor, query: OpportunityBoardQuery): Promise<OpportunityBoard> {
  const own = await ownCards.of(executor)
  const asked = [...askedFilters(ownFilter(cards.id), own), ...askedFilters(filters, query)]
  const { columns, shown } = statementsFor(query, asked)
  const parameters = { ...parametersOf(asked), pipelineId: query.pipelineId ?? null, limit: query.limitPerStage }
  const [totals, rows] = await Promise.all([executor.run(columns, parameters), executor.run(shown, parameters)])
  const pipelineId = totals[0]?.pipelineId
  if (pipelineId === undefined) throw new TenantryError('NOT_FOUND')
  return { pipelineId, columns: foldColumns(totals, byStage(rows)) }
}

/** Those of a limited member, who may have few among very many. */
const ownCards = new OwnRows(cards, whoseOpportunities)

const filters: Record<string, Filter<OpportunityBoardQuery>> = {
  ownerId: { of: (query) => query.ownerId, where: (id) => sql`${cards.ownerId} = ${id}` },
  search: {
    of: (query) => containing(query.search),
    where: (text) => sql`${cards.searchText} like (select lower(${text}))`,
  },
}

/** Stage and currency, so a stage has a row for each of its currencies, and one without a currency when it is empty. */
interface Totals {
  pipelineId: PipelineId
  stageId: StageId
  name: string
  kind: StageKind
  color: string | null
  probability: number
  rotAfterDays: number | null
  currency: string | null
  count: number
  amountMinor: number
  expectedMinor: number
}

function foldColumns(totals: readonly Totals[], cardsOf: Map<StageId, Opportunity[]>): OpportunityBoard['columns'] {
  return [...byStage(totals).values()].flatMap((rows) => {
    const [stage] = rows
    if (stage === undefined) return []
    const { stageId, name, kind, color, probability, rotAfterDays } = stage
    return {
      stageId,
      name,
      kind,
      color,
      probability,
      rotAfterDays,
      count: rows.reduce((sum, row) => sum + row.count, 0),
      totals: rows.flatMap(({ currency, amountMinor, expectedMinor }) =>
        currency === null ? [] : { currency, amountMinor, expectedMinor },
      ),
      cards: cardsOf.get(stageId) ?? [],
    }
  })
}

/** Keeps the order of stages and of rows within them. */
function byStage<Row extends { stageId: StageId }>(rows: readonly Row[]): Map<StageId, Row[]> {
  const groups = new Map<StageId, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.stageId)
    if (group) group.push(row)
    else groups.set(row.stageId, [row])
  }
  return groups
}

interface BoardStatements {
  columns: Statement<Record<string, unknown>, Totals>
  shown: Statement<Record<string, unknown>, Opportunity>
}
const built = new Map<string, BoardStatements>()

/** At most sixteen: with and without pipeline, owner and search, of everybody and of a limited member. */
function statementsFor({ pipelineId }: OpportunityBoardQuery, asked: Asked[]): BoardStatements {
  const shape = `${pipelineId === undefined ? 'default' : 'named'} ${shapeOf(asked)}`
  let statements = built.get(shape)
  if (statements === undefined) {
    const pipeline =
      pipelineId === undefined
        ? sql`(select ${pipelines.id} from ${pipelines} where ${pipelines.isDefault} and ${pipelines.deletedAt} is null)`
        : sql`${sql.placeholder('pipelineId')}::uuid`
    const onBoard = and(sql`${cards.deletedAt} is null and ${cards.archivedAt} is null`, ...conditionsOf(asked))
    statements = { columns: columnsOf(pipeline, onBoard), shown: cardsOf(pipeline, onBoard) }
    built.set(shape, statements)
  }
  return statements
}

function columnsOf(pipeline: SQL, onBoard: SQL | undefined) {
  return statement<Record<string, unknown>, Totals>((db) =>
    asRows<Totals>(
      db
        .select({
          pipelineId: stages.pipelineId,
          stageId: stages.id,
          name: stages.name,
          kind: stages.kind,
          color: stages.color,
          probability: stages.probability,
          rotAfterDays: stages.rotAfterDays,
          currency: sql<string | null>`${cards.currency}`,
          count: sql<number>`count(${cards.id})::integer`,
          // A sum of bigints is a numeric; beyond 2^53 the board is not what anybody needs.
          amountMinor: sql<number>`coalesce(sum(${cards.amountMinor}), 0)`.mapWith(Number),
          expectedMinor: sql<number>`coalesce(sum(${cards.expectedMinor}), 0)`.mapWith(Number),
        })
        .from(stages)
        .leftJoin(cards, and(inStage, onBoard))
        .where(and(sql`${stages.pipelineId} = ${pipeline}`, onShow))
        .groupBy(stages.tenantId, stages.id, cards.currency)
        .orderBy(stages.position, cards.currency),
    ),
  )
}

/** The first cards of each stage straight from the index, however many the stage has. */
function cardsOf(pipeline: SQL, onBoard: SQL | undefined) {
  const first = sql`(
    select first_cards.id from ${stages} cross join lateral (
      select ${cards.id} from ${cards} where ${inStage} and ${onBoard}
      order by ${cards.boardRank}, ${cards.id} limit ${sql.placeholder('limit')}) as first_cards
    where ${stages.pipelineId} = ${pipeline} and ${onShow})`
  return statement<Record<string, unknown>, Opportunity>((db) =>
    asRows<Opportunity>(
      selectOpportunities(db)
        .where(sql`${cards.id} in ${first}`)
        .orderBy(cards.boardRank, cards.id),
    ),
  )
}

const onShow = sql`${stages.isActive} and ${stages.deletedAt} is null`
const inStage = sql`${cards.tenantId} = ${stages.tenantId} and ${cards.pipelineId} = ${stages.pipelineId} and ${cards.stageId} = ${stages.id}`
