import type { Pipeline, Stage, StageKind } from '@tenantry/contracts/pipelines'
import type { CellProblem } from './opportunity-cells.ts'

/** What a row says of where an opportunity stands. */
export interface StageCells {
  pipeline?: string | undefined
  stage?: string | undefined
  outcome?: string | undefined
}

export interface FoundStage {
  /** Undefined where there is a problem. */
  stage?: Stage
  /** Of an opportunity that is there already: what the row really says. */
  wanted: { stageId?: Stage['id']; outcome?: StageKind }
  problem?: CellProblem
}

/**
 * The stage of a new opportunity: the one named, in the pipeline named, or else in the default pipeline or the only one that
 * has it. What is won or lost goes to the first such stage of the pipeline, whatever stage it was in when it ended.
 */
export function findStage({ pipeline, stage, outcome }: StageCells, pipelines: readonly Pipeline[]): FoundStage {
  const kind = (['open', 'won', 'lost'] as const).find((one) => one === outcome)
  if (outcome !== undefined && kind === undefined) return wrong('outcome', 'Use open, won or lost.')
  const among = pipelinesFor({ pipeline, stage }, pipelines)
  if ('problem' in among) return { wanted: {}, problem: among.problem }
  const { stages, name } = among
  if (stage === undefined) {
    const first = firstOf(stages, kind ?? 'open')
    const none = `The pipeline «${name}» has no such stage in use.`
    return first === undefined
      ? wrong('stage', none)
      : { stage: first, wanted: kind === undefined ? {} : { outcome: kind } }
  }
  const [named, other] = namesakes(stages, stage)
  if (named === undefined) {
    const names = stages.map((one) => one.name).join(', ')
    return wrong('stage', `There is no stage of this name in the pipeline «${name}». It has ${names}.`)
  }
  if (other !== undefined) return wrong('stage', `Several stages of the pipeline «${name}» have this name.`)
  if (kind === undefined || kind === named.kind) return { stage: named, wanted: { stageId: named.id } }
  if (named.kind !== 'open')
    return wrong('outcome', `The row says ${kind}, and the stage «${named.name}» is for what is ${named.kind}.`)
  const end = firstOf(stages, kind)
  if (end === undefined) return wrong('outcome', `The pipeline «${name}» has no stage for what is ${kind}.`)
  return { stage: end, wanted: { outcome: kind } }
}

function pipelinesFor(
  { pipeline, stage }: StageCells,
  pipelines: readonly Pipeline[],
): Pipeline | { problem: CellProblem } {
  if (pipeline !== undefined) {
    const [named, other] = namesakes(pipelines, pipeline)
    const names = pipelines.map(({ name }) => name).join(', ')
    if (named === undefined)
      return { problem: { field: 'pipeline', message: `There is no pipeline of this name. There are ${names}.` } }
    if (other === undefined) return named
    return { problem: { field: 'pipeline', message: 'Several pipelines have this name. Give one of them another.' } }
  }
  const standard = pipelines.find(({ isDefault }) => isDefault)
  const having = stage === undefined ? [] : pipelines.filter(({ stages }) => namesakes(stages, stage).length > 0)
  const meant = standard !== undefined && having.includes(standard) ? [standard] : having
  if (meant.length > 1)
    return { problem: { field: 'stage', message: 'Several pipelines have a stage of this name. Say which pipeline.' } }
  const found = meant[0] ?? standard
  return found ?? { problem: { field: 'stage', message: 'There is no pipeline yet. Make one first.' } }
}

/** Of one name as it is written, or else without regard to case. */
function namesakes<Named extends { name: string }>(list: readonly Named[], asked: string): Named[] {
  const exact = list.filter(({ name }) => name === asked)
  return exact.length > 0 ? exact : list.filter(({ name }) => name.toLowerCase() === asked.toLowerCase())
}

function firstOf(stages: readonly Stage[], kind: StageKind): Stage | undefined {
  return stages.find((one) => one.kind === kind && one.isActive)
}

function wrong(field: string, message: string): FoundStage {
  return { wanted: {}, problem: { field, message } }
}
