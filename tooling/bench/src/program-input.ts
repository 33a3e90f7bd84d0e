import type { ImportInput } from './import/input.ts'
import type { TransferInput } from './transfer/input.ts'
import type { BenchWorld } from './world.ts'

/** What a measured program is told by the one that starts it. */
export interface ProgramInput {
  world: BenchWorld
  /** Of servers. */
  port?: number
  /** Seconds of load for each figure and contender, over all rounds. */
  seconds?: number
  /** Configured tenants, and connections for all of them. */
  tenants?: number
  connections?: number
  /** Of the programs that move rows. */
  transfer?: TransferInput
  /** Of the programs that import them. */
  imported?: ImportInput
  /** Where to leave a profile of the processor's work. */
  profileTo?: string | undefined
}

const variable = 'TENANTRY_BENCH'

export function readProgramInput(): ProgramInput {
  const text = process.env[variable]
  if (text === undefined) throw new Error('This program is started by `pnpm bench`.')
  return JSON.parse(text) as ProgramInput
}

export function programEnvironment(input: ProgramInput): NodeJS.ProcessEnv {
  return { ...process.env, NODE_ENV: 'production', [variable]: JSON.stringify(input) }
}
