import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { DeathPoint } from './points.ts'

export interface ProgramEnd {
  /** Names of the points it passed. */
  points: string[]
  /** `SIGKILL` when it died as it should. */
  signal: string | null
  code: number | null
  /** What it said on stderr. */
  complaint: string
}

const longestMs = 120_000

/** Runs a program of the matrix, bundled or as its source, in a process of its own; its secrets travel by stdin. */
export async function runProgram(
  path: string,
  input: Record<string, unknown>,
  killAt: DeathPoint | null,
): Promise<ProgramEnd> {
  const loader = path.endsWith('.ts') ? ['--import', 'tsx'] : []
  const child = spawn(process.execPath, [...loader, path], { stdio: ['pipe', 'pipe', 'pipe'] })
  const timer = setTimeout(() => child.kill('SIGTERM'), longestMs)
  child.stdin.end(JSON.stringify({ ...input, killAt }))
  const [out, complaint, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null, string | null]>,
  ])
  clearTimeout(timer)
  return { points: out.split('\n').filter((line) => line !== ''), signal, code, complaint: complaint.trim() }
}
