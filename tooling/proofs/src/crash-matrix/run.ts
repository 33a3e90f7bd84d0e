import { join } from 'node:path'
import { bundlePrograms } from './bundle-programs.ts'
import { openGround, type Ground } from './ground.ts'
import type { DeathPoint } from './points.ts'
import { runProgram } from './run-program.ts'
import type { CrashStage, Death } from './stage.ts'

export interface KillResult {
  /** Where it was killed; `none` for those that came through. */
  point: string
  complaints: string[]
}

export interface StageResult {
  name: string
  /** Points the command passes when nothing happens to it. */
  points: number
  kills: KillResult[]
}

export interface MatrixOptions {
  stages: readonly CrashStage[]
  /** At every n-th point. */
  every: number
  say: (text: string) => void
}

/** Kills each command at its points, runs it again and examines what is there. */
export async function runCrashMatrix({ stages, every, say }: MatrixOptions): Promise<StageResult[]> {
  await using ground = await openGround()
  const bundled = await bundle(ground, stages)
  const results: StageResult[] = []
  for (const stage of stages) results.push(await runStage(ground, bundled(stage), { every, say }))
  return results
}

/** Kills each command once, at a point that is known by its name, without having seen it come through. */
export async function runDeaths(deaths: readonly Death[]): Promise<KillResult[]> {
  await using ground = await openGround()
  const stages = deaths.map(({ stage }) => stage)
  const bundled = await bundle(ground, stages)
  const results: KillResult[] = []
  for (const [count, { stage, at }] of deaths.entries()) {
    const { point, complaints } = await killAt(ground, bundled(stage), { at, count })
    results.push({ point, complaints: complaints.map((complaint) => `${stage.name}: ${complaint}`) })
  }
  return results
}

/** The stages with programs that start quickly. */
async function bundle(ground: Ground, stages: readonly CrashStage[]): Promise<(stage: CrashStage) => CrashStage> {
  const bundleOf = await bundlePrograms(new Set(stages.map(({ program }) => program)), join(ground.folder, 'programs'))
  return (stage) => ({ ...stage, program: bundleOf(stage.program) })
}

async function runStage(
  ground: Ground,
  stage: CrashStage,
  { every, say }: Pick<MatrixOptions, 'every' | 'say'>,
): Promise<StageResult> {
  const kills: KillResult[] = []
  let points: string[] = []
  // Twice where the first one also makes what is made once for a server, and passes points that no later one passes.
  for (const count of stage.isFirst === true ? [0, 1] : [1]) {
    const { input, examine } = await stage.begin(ground, count)
    const whole = await runProgram(stage.program, input, null)
    points = whole.points
    kills.push({ point: 'none', complaints: whole.code === 0 ? await examine() : [`failed: ${whole.complaint}`] })
  }
  for (const [at, point] of points.entries()) {
    if (at % every !== 0) continue
    say(`${stage.name}: ${at + 1} of ${points.length}, ${point}`)
    kills.push(await killAt(ground, stage, { at, count: at + 2 }))
  }
  return { name: stage.name, points: points.length, kills }
}

async function killAt(
  ground: Ground,
  stage: CrashStage,
  { at, count }: { at: DeathPoint; count: number },
): Promise<KillResult> {
  const { input, examine } = await stage.begin(ground, count)
  const killed = await runProgram(stage.program, input, at)
  const point = killed.points.at(-1) ?? 'nowhere'
  if (killed.signal !== 'SIGKILL') return { point, complaints: [`was not killed: ${killed.complaint}`] }
  const again = await runProgram(stage.program, input, null)
  if (again.code !== 0) return { point, complaints: [`did not come through the second time: ${again.complaint}`] }
  return { point, complaints: await examine() }
}

export function violationsOf(results: readonly StageResult[]): string[] {
  return results.flatMap(({ name, kills }) =>
    kills.flatMap(({ point, complaints }) =>
      complaints.map((complaint) => `${name}, killed at «${point}»: ${complaint}`),
    ),
  )
}
