import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { programEnvironment, type ProgramInput } from './program-input.ts'

/** Runs a program of this package in a process of its own and gives what it sends. It ends when this process does. */
export function runProgram<Result>(file: string, input: ProgramInput, nodeOptions: string[] = []): Promise<Result> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: [...nodeOptions, '--import', 'tsx'],
    env: programEnvironment(input),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${file} ended with code ${code} before it sent its figures`)))
    // The type of what a program sends is written beside it.
    child.once('message', (sent) => resolve(sent as Result))
  })
}

/** The other side: sends the figures and ends. */
export async function sendResult(work: () => Promise<object>): Promise<void> {
  process.once('disconnect', () => process.exit(1))
  const result = await work()
  process.send?.(result, () => process.exit(0))
}
