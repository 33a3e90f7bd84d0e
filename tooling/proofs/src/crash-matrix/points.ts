import type { Run } from '@tenantry/app-db/runs'
import { writeSync } from 'node:fs'
import { text } from 'node:stream/consumers'

/** What every program of the matrix is given beside its own input. */
export interface CrashInput {
  /** Null to come through. */
  killAt: DeathPoint | null
}

/** The point to die at: by its number, or the n-th one whose name begins so. */
export type DeathPoint = number | { named: string; nth: number }

/** Reads the program's input from stdin, where no other process can see it. */
export async function readCrashInput<T>(): Promise<T & CrashInput> {
  // The runner and the program are two files of one proof.
  return JSON.parse(await text(process.stdin)) as T & CrashInput
}

/** The places a command passes, in order; at one of them this process is killed, as by the machine. */
export class Points {
  readonly #killAt: DeathPoint | null
  #passed = 0

  constructor(killAt: DeathPoint | null) {
    this.#killAt = killAt
  }

  readonly pass = (name: string): void => {
    // Synchronously, or the last line would die with the process.
    writeSync(1, `${name}\n`)
    if (!this.#isDeadly(name)) return
    process.kill(process.pid, 'SIGKILL')
    // The signal arrives while this waits.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }

  #isDeadly(name: string): boolean {
    const at = this.#killAt
    if (at === null || typeof at === 'number') return this.#passed++ === at
    return name.startsWith(at.named) && ++this.#passed === at.nth
  }

  /** Points around every unit of a run: begun and nothing done, done and not noted down, noted down. */
  watch(run: Run): Run {
    const [begin, done] = [run.begin.bind(run), run.done.bind(run)]
    run.begin = async (key, before) => {
      const made = before?.done?.key
      if (made !== undefined) this.pass(`made ${made}`)
      const begun = await begin(key, before)
      if (made !== undefined) this.pass(`noted ${made}`)
      if (begun.status !== 'done') this.pass(`begun ${key}`)
      return begun
    }
    run.done = async (key, detail) => {
      this.pass(`made ${key}`)
      await done(key, detail)
      this.pass(`noted ${key}`)
    }
    return run
  }
}
