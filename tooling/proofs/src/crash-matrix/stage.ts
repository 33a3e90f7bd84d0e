import type { Ground } from './ground.ts'
import type { DeathPoint } from './points.ts'

/**
 * A long command that is killed at each of its points. To add one: a file in `stages` with this shape, a program in
 * `programs` that runs the command in a process of its own, and a line in `stages.ts`.
 */
export interface CrashStage {
  name: string
  /** File name in `programs`; it reads its input with `readCrashInput` and tells its points with `Points`. */
  program: string
  /** True where the first command on a server makes what all later ones find. */
  isFirst?: boolean
  /** What the command is about this time: something fresh, that nothing has been done to. */
  begin(ground: Ground, count: number): Promise<CrashSubject>
}

export interface CrashSubject {
  /** For the program; JSON. */
  input: Record<string, unknown>
  /** A sentence for everything that is not as it must be once the command has come to its end. */
  examine(): Promise<string[]>
}

/** One of a command's points that stays the same however many it passes. */
export interface Death {
  stage: CrashStage
  at: Exclude<DeathPoint, number>
}
