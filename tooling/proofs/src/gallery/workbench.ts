import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseCompiler, parseLint, type Diagnostic } from './diagnostics.ts'
import type { Folder } from './program.ts'
import { copyProject, root } from '../project-copy.ts'

/** A file in the copy of a package. */
export interface Planted {
  folder: Folder
  /** Relative to the folder. */
  file: string
  code: string
}

/** A copy of the project in which programs are planted, compiled and linted as if they belonged to it. */
export interface Workbench extends Disposable {
  plant(planted: Planted[]): void
  uproot(planted: Planted[]): void
  /** With the settings of their folders. Folders of the same settings share one run of the compiler. */
  compile(planted: Planted[]): Promise<Diagnostic[]>
  /** With the project's own configuration, type-aware rules included. */
  lint(planted: Planted[]): Promise<Diagnostic[]>
}

export function openWorkbench(): Workbench {
  const copy = copyProject()
  let runs = 0
  return {
    plant(planted) {
      for (const { folder, file, code } of planted) write(join(copy, folder, file), code)
    },
    uproot(planted) {
      for (const { folder, file } of planted) rmSync(join(copy, folder, file))
    },
    async compile(planted) {
      const folders = [...new Set(planted.map(({ folder }) => folder))]
      const settings = new Map(folders.map((folder) => [folder, settingsOf(copy, folder)]))
      const found = [...new Set(settings.values())].map(async (shared) => {
        const together = planted.filter(({ folder }) => settings.get(folder) === shared)
        const files = together.map(({ folder, file }) => join(copy, folder, file))
        const config = join(copy, together[0]?.folder ?? '', `tsconfig.gallery-${++runs}.json`)
        write(config, JSON.stringify({ ...(JSON.parse(shared) as object), include: [], files }))
        // Runs stand beside each other already, and what one checker has worked out no other knows.
        const args = ['--noEmit', '--pretty', 'false', '--checkers', '1', '-p', config]
        return parseCompiler(await run('tsc', args, copy))
      })
      return (await Promise.all(found)).flat()
    },
    async lint(planted) {
      if (planted.length === 0) return []
      const files = planted.map(({ folder, file }) => join(folder, file))
      return parseLint(await run('oxlint', ['--type-aware', '-f', 'json', ...files], copy))
    },
    [Symbol.dispose]() {
      rmSync(copy, { recursive: true, force: true })
    },
  }
}

/** As text, so that folders can be told to have the same. */
function settingsOf(copy: string, folder: Folder): string {
  const config = JSON.parse(readFileSync(join(copy, folder, 'tsconfig.json'), 'utf8')) as {
    extends?: string
    compilerOptions?: object
  }
  return JSON.stringify({ extends: config.extends, compilerOptions: { ...config.compilerOptions, incremental: false } })
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

/** Resolves with what the tool printed; that it found errors is the expected outcome. */
function run(tool: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: '1' }
    const child = spawn(join(root, 'node_modules/.bin', tool), args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (_, signal) => {
      if (signal === null) resolve(Buffer.concat(chunks).toString())
      else reject(new Error(`${tool} was ended by ${signal}`))
    })
  })
}
