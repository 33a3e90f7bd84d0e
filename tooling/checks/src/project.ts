import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Files that git tracks or would track, relative to the root. */
export function projectFiles(...patterns: string[]): string[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', ...patterns],
    { cwd: root },
  )
  return [...new Set(listed.toString().split('\0').filter(Boolean))]
}

/** Runs a tool of the project and returns what it printed; a failing tool is an answer here, not an error. */
export function runTool(tool: string, args: string[], cwd = root): { status: number; output: string } {
  const ran = spawnSync(join(root, 'node_modules/.bin', tool), args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', CI: '1' },
  })
  return { status: ran.status ?? -1, output: `${ran.stdout}${ran.stderr}` }
}

/** Writes files into a temporary folder, runs the work there and removes the folder. */
export function withFiles<T>(files: Record<string, string>, work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-planted-'))
  try {
    for (const [path, content] of Object.entries(files)) writeInto(folder, path, content)
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs the work in a copy of the project that shares its node_modules, with some files replaced. */
export function withProjectCopy<T>(replaced: Record<string, string>, work: (folder: string) => T): T {
  return withFiles({}, (folder) => {
    for (const file of projectFiles()) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      cpSync(join(root, file), join(folder, file), { force: true })
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    for (const [path, content] of Object.entries(replaced)) writeInto(folder, path, content)
    return work(folder)
  })
}

function writeInto(folder: string, path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}
