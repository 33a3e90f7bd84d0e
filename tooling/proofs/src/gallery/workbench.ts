import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Folder } from './program.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

export interface Diagnostic {
  file: string
  /** `TS2339` for the compiler, `tenantry(one-door)` for lint. */
  code: string
  message: string
}

/** A copy of the project in which programs are planted, so that the real tree is never touched. */
export interface Workbench extends Disposable {
  plant(folder: Folder, file: string, code: string): void
  /** Type-checks what was planted in one folder, with the settings of that folder. */
  compile(folder: Folder): Promise<Diagnostic[]>
  lint(): Promise<Diagnostic[]>
}

export function openWorkbench(): Workbench {
  const copy = mkdtempSync(join(tmpdir(), 'tenantry-gallery-'))
  copyProject(copy)
  return {
    plant(folder, file, code) {
      write(join(copy, folder, 'src/planted', file), code)
    },
    async compile(folder) {
      const config = { extends: './tsconfig.json', compilerOptions: { incremental: false }, include: ['src/planted'], exclude: [] }
      write(join(copy, folder, 'tsconfig.planted.json'), JSON.stringify(config))
      const printed = await run('tsc', ['--noEmit', '--pretty', 'false', '-p', join(folder, 'tsconfig.planted.json')], copy)
      return parse(printed, /^(.+?)\(\d+,\d+\): error (TS\d+): (.*)$/)
    },
    async lint() {
      const printed = await run('oxlint', ['--type-aware', '-f', 'unix', 'packages', 'apps'], copy)
      return parse(printed, /^(.+?):\d+:\d+: (.*) \[\w+\/(.+)\]$/).map(({ file, code, message }) => ({ file, code: message, message: code }))
    },
    [Symbol.dispose]() {
      rmSync(copy, { recursive: true, force: true })
    },
  }
}

function copyProject(copy: string): void {
  const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  for (const file of new Set(tracked.toString().split('\0').filter(Boolean))) {
    if (!existsSync(join(root, file)) || !/^(apps|packages|tooling\/(typescript|lint))\/|^[^/]+$/.test(file)) continue
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  for (const parent of ['packages', 'apps']) linkModulesOfWorkspace(copy, parent)
}

/** The links inside a package's node_modules are relative: copied as they are, they point into the copy. */
function linkModulesOfWorkspace(copy: string, parent: string): void {
  const folders = execFileSync('git', ['ls-files', '-z', `${parent}/*/package.json`], { cwd: root }).toString().split('\0').filter(Boolean)
  for (const folder of folders.map((file) => dirname(file))) {
    const modules = join(root, folder, 'node_modules')
    if (existsSync(modules)) cpSync(modules, join(copy, folder, 'node_modules'), { recursive: true, verbatimSymlinks: true })
  }
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

/** Resolves with what the tool printed; that it found errors is the expected outcome. */
function run(tool: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin', tool), args, { cwd, env: { ...process.env, NO_COLOR: '1' } })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', () => resolve(Buffer.concat(chunks).toString()))
  })
}

/** One diagnostic per matching line; indented lines belong to the message of the one before. */
function parse(printed: string, pattern: RegExp): Diagnostic[] {
  const found: Diagnostic[] = []
  for (const line of printed.split('\n')) {
    const match = pattern.exec(line)
    if (match) found.push({ file: match[1] ?? '', code: match[2] ?? '', message: match[3] ?? '' })
    else if (/^\s+\S/.test(line) && found.length > 0) found[found.length - 1] = append(found[found.length - 1], line)
  }
  return found
}

function append(diagnostic: Diagnostic | undefined, line: string): Diagnostic {
  return { file: diagnostic?.file ?? '', code: diagnostic?.code ?? '', message: `${diagnostic?.message ?? ''} ${line.trim()}` }
}
