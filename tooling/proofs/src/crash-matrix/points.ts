import type { Run } from '@tenantry/app-db/runs'
import { writeSync } from 'node:fs'
import { text } from 'node:stream/consumers'

/** What every program of the matrix is given beside its own input. */
export interface CrashInput {
  /** The point to die at; null to come through. */
  killAt: number | null
}

/** Reads the program's input from stdin, where no other process can see it. */
export async function readCrashInput<T>(): Promise<T & CrashInput> {
  // The runner and the program are two files of one proof.
  return JSON.parse(await text(process.stdin)) as T & CrashInput
}

/** The places a command passes, in order; at one of them this process is killed, as by the machine. */
export class Points {
  readonly #killAt: number | null
  #passed = 0

  constructor(killAt: number | null) {
    this.#killAt = killAt
  }

  readonly pass = (name: string): void => {
    // Synchronously, or the last line would die with the process.
    writeSync(1, `${name}\n`)
    if (this.#passed++ !== this.#killAt) return
    process.kill(process.pid, 'SIGKILL')
    // The signal arrives while this waits.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }

  /** Points around every unit of a run: begun and nothing done, done and not noted down, noted down. */
  watch(run: Run): Run {
    const [begin, done] = [run.begin.bind(run), run.done.bind(run)]
    run.begin = async (key) => {
      const begun = await begin(key)
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
