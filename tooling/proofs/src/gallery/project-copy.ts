import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../../..', import.meta.url))
const prefix = 'tenantry-gallery-'

/**
 * Copies what the compiler and lint read into a temporary folder, so that a program can be planted in a package while other
 * tools work on the real one, and none is left there when this process is killed.
 */
export function copyProject({ everything = false } = {}): string {
  removeAbandoned()
  const copy = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  for (const file of listed()) {
    if (
      !existsSync(join(root, file)) ||
      !(everything || /^((apps|packages|tooling\/(typescript|lint|vitest))\/|[^/]+$)/.test(file))
    )
      continue
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  for (const manifest of listed(
    'apps/*/package.json',
    'packages/*/package.json',
    ...(everything ? ['tooling/*/package.json'] : []),
  ))
    linkModules(copy, dirname(manifest))
  return copy
}

/** Of runs that were killed: their process is gone. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = new RegExp(`^${prefix}(\\d+)-`).exec(name) ?? []
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Files that git tracks or would track. */
function listed(...patterns: string[]): Set<string> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...patterns]
  return new Set(
    execFileSync('git', args, { cwd: root, maxBuffer: 2 ** 26 })
      .toString()
      .split('\0')
      .filter(Boolean),
  )
}

/** The links of a package to its neighbours are relative: copied as they are, they lead to the copies. */
function linkModules(copy: string, folder: string): void {
  const modules = join(root, folder, 'node_modules')
  // A folder without dependencies.
  if (!existsSync(modules)) return
  cpSync(modules, join(copy, folder, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !/node_modules\/\.(?!bin)/.test(source),
  })
}
