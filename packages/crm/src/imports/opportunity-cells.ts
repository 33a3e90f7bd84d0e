import type { Pipeline, Stage } from '@tenantry/contracts/pipelines'
import type { TenantReader } from '@tenantry/tenant-db/types'
import { readMoney } from './money-cells.ts'
import { findStage, type StageCells } from './stage-cells.ts'

/** What the cells of an opportunity are read with. */
export interface OpportunityGround {
  pipelines: readonly Pipeline[]
  /** Null as long as the company is not known. */
  currency: string | null
  locale: string
  /** The day it is where the company is. */
  today: string
}

export interface CellProblem {
  field: string
  message: string
}

/** What cells say of an opportunity: as a new one, and as changes of one that is there. */
export interface OpportunityCells {
  input: Record<string, unknown>
  patch: Record<string, unknown>
  /** Which field a part of the input came from, or could not come from. */
  places: Record<string, string>
  problems: CellProblem[]
}

export async function readGround(db: Pick<TenantReader, 'pipelines' | 'company'>): Promise<OpportunityGround> {
  const [pipelines, company, today] = await Promise.all([db.pipelines.list(), db.company.find(), db.company.today()])
  return { pipelines, currency: company?.currency ?? null, locale: company?.locale ?? 'en', today }
}

/** Names become stages, and what people write an amount. Cells that cannot be read are left to the contract. */
export function readOpportunity(draft: Record<string, unknown>, ground: OpportunityGround): OpportunityCells {
  const { pipeline, stage: _named, outcome: _ending, amount: _written, amountMinor: _minor, ...own } = draft
  const problems: CellProblem[] = []
  const found = findStage(draft as StageCells, ground.pipelines)
  if (found.problem !== undefined) problems.push(found.problem)
  const money = readMoney(draft, ground)
  if (money.problem !== undefined) problems.push(money.problem)
  if (found.stage !== undefined) problems.push(...problemsOfEnding(draft, found.stage, ground))
  const amount = money.amountMinor === undefined ? {} : { amountMinor: money.amountMinor }
  const assumed = money.amountMinor === undefined ? {} : { assumedCurrency: money.currency }
  return {
    input: { ...own, ...amount, currency: money.currency, stageId: found.stage?.id },
    patch: {
      ...own,
      ...amount,
      ...(money.isAssumed ? assumed : { currency: money.currency }),
      ...(pipeline !== undefined && { pipelineId: found.stage?.pipelineId }),
      ...found.wanted,
    },
    places: {
      stageId: found.problem?.field ?? 'stage',
      amountMinor: draft['amountMinor'] === undefined ? 'amount' : 'amountMinor',
      currency: draft['currency'] === undefined ? (money.problem?.field ?? 'currency') : 'currency',
    },
    problems,
  }
}

/** What has not ended has neither a day nor a reason. */
function problemsOfEnding(
  { closedOn, lostReason }: Record<string, unknown>,
  { kind }: Stage,
  { today }: OpportunityGround,
): CellProblem[] {
  const problems: CellProblem[] = []
  const say = (field: string, message: string) => problems.push({ field, message })
  if (closedOn !== undefined && kind === 'open') say('closedOn', 'Only what is won or lost has been closed on a day.')
  if (typeof closedOn === 'string' && /^\d{4}-\d\d-\d\d$/.test(closedOn) && closedOn > today)
    say('closedOn', 'This day is still to come.')
  if (kind === 'lost' && lostReason === undefined) say('lostReason', 'Say why it was lost.')
  if (kind !== 'lost' && lostReason !== undefined) say('lostReason', 'Only what is lost has such a reason.')
  return problems
}
