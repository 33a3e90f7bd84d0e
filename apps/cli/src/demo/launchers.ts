import { basename } from 'node:path'
import { commandLineOf, isAlive, parentOf } from './other-process.ts'

/** `npx`, `pnpm` and `tsx` start us through each other and through shells; npm calls itself `npm exec …`. */
const launcher = /^(npx|npm|pnpm|tsx)([-.@].*)?$/

/**
 * The chain of package managers that started this process, nearest first. Shells belong to it only between two of them:
 * the terminal's own shell is not a launcher, and leaving it must not end what runs in the background.
 */
export function launchersOf(pid: number): number[] {
  const chain: { pid: number; isLauncher: boolean }[] = []
  for (let parent = parentOf(pid); parent !== undefined && parent > 1; parent = parentOf(parent)) {
    chain.push({ pid: parent, isLauncher: isLauncher(commandLineOf(parent) ?? '') })
  }
  const last = chain.findLastIndex((link) => link.isLauncher)
  const nearest = chain.slice(0, last + 1)
  const gap = nearest.findIndex((link, index) => !link.isLauncher && nearest[index + 1]?.isLauncher !== true)
  return (gap === -1 ? nearest : nearest.slice(0, gap)).map((link) => link.pid)
}

/** By the name of the program, or of the script that node runs; a path like `node_modules/.pnpm/` says nothing. */
function isLauncher(commandLine: string): boolean {
  const [program = '', ...rest] = commandLine.split(' ')
  const script = rest.find((word) => !word.startsWith('-')) ?? ''
  const name = basename(program) === 'node' ? script : program
  return launcher.test(basename(name)) || name.endsWith('/tsx/dist/cli.mjs')
}

const pollMs = 500

/** Calls back once when one of them is gone: `npx` passes no signal on, and SIGKILL cannot be passed on. */
export function watchLaunchers(pids: number[], onGone: () => void): { stop(): void } {
  const timer = setInterval(() => {
    if (pids.every(isAlive)) return
    clearInterval(timer)
    onGone()
  }, pollMs)
  // What was started keeps this process alive; watching alone must not, or a refused start would never end.
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
