import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { inputVariable, type WriterFigures, type WriterInput } from './writer-input.ts'

/** A process of its own that writes. It ends when this one does. */
export class Writer {
  readonly #child: ChildProcess
  readonly #ended: Promise<WriterFigures>

  constructor(input: WriterInput) {
    this.#child = fork(fileURLToPath(new URL('./writer.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, [inputVariable]: JSON.stringify(input) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.#ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject)
      this.#child.once('exit', (code) => reject(new Error(`a writer ended with code ${code}`)))
      // Written by `writer.ts`, which sends nothing else.
      this.#child.once('message', (figures) => resolve(figures as WriterFigures))
    })
    this.#ended.catch(() => undefined)
  }

  /** Holds still wherever it is, as a process that the machine has no time for. */
  pause(): void {
    this.#child.kill('SIGSTOP')
  }

  resume(): void {
    this.#child.kill('SIGCONT')
  }

  async end(): Promise<WriterFigures> {
    this.resume()
    this.#child.send('end')
    return await this.#ended
  }
}
