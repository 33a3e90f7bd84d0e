import type { DemoFolder, RunningDemo } from './demo-folder.ts'
import { commandLineOf } from './other-process.ts'

/** The demo of this checkout, when it runs. Its note outlives a crash, so the process is looked at too. */
export function findRunningDemo(folder: DemoFolder): RunningDemo | undefined {
  const running = folder.running.read()
  if (running === undefined || running.pid === process.pid) return undefined
  return /\bdemo\b.*\bstart\b/.test(commandLineOf(running.pid) ?? '') ? running : undefined
}
