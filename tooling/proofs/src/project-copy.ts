import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeTemporaryFolder } from './temporary-folder.ts'

export const root = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * Copies the project into a temporary folder, so that a program or a fault can be planted in a package while other tools
 * work on the real one, and none is left there when this process is killed.
 */
export function copyProject(): string {
  const copy = makeTemporaryFolder()
  for (const file of listed()) {
    if (!existsSync(join(root, file))) continue
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  for (const manifest of listed('apps/*/package.json', 'packages/*/package.json', 'tooling/*/package.json')) {
    linkModules(copy, dirname(manifest))
  }
  return copy
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
