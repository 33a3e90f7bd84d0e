import type { Diagnostic } from './diagnostics.ts'
import { readingsOf, type Folder, type Group, type Program } from './program.ts'
import { openWorkbench, type Planted, type Workbench } from './workbench.ts'

export interface Verdict {
  group: string
  program: string
  folder: Folder
  /** What is wrong in it, and what would be right there. */
  piece: string
  stoppedBy: Program['stopped']['by']
  /** What should have stopped it did, and it alone. */
  isRefused: boolean
  /** Its control, which differs in that piece only, passed. */
  isControlRight: boolean
  /** What stopped it, or why the verdict is a failure. */
  seen: string
}

interface Exhibit {
  group: Group
  program: Program
  wrong: Planted
  right: Planted
  piece: string
}

interface Findings {
  compiler: Diagnostic[]
  lint: Diagnostic[]
}

/**
 * Compiles every program and its control in the package it pretends to belong to, and lints what compiles. Throws where the
 * project itself does not compile, for then no control could be right.
 */
export async function judge(groups: Group[]): Promise<Verdict[]> {
  using workbench = openWorkbench()
  const exhibits = groups.flatMap((group, at) =>
    group.programs.map((program, index) => exhibit(group, program, `g${at + 1}-${index + 1}`)),
  )
  const isAlone = ({ program }: Exhibit) => program.isAlone === true
  const together = exhibits.flatMap((one) => (isAlone(one) ? specimensOf(one).slice(1) : specimensOf(one)))
  const findings = [await examine(workbench, together)]
  for (const one of exhibits.filter(isAlone)) findings.push(await examine(workbench, specimensOf(one).slice(0, 1)))
  const compiler = findings.flatMap((found) => found.compiler)
  const lint = findings.flatMap((found) => found.lint)
  const elsewhere = compiler.filter(({ file }) => !file.includes(plantedFolder))
  if (elsewhere.length > 0) throw new Error(`the project itself does not compile: ${tell(elsewhere)}`)
  return exhibits.map((one) => verdictOf(one, { compiler, lint }))
}

const plantedFolder = 'src/planted/'

function exhibit(group: Group, program: Program, name: string): Exhibit {
  const { wrong, right, piece } = readingsOf(program)
  const plant = (reading: string, code: string): Planted => {
    return {
      folder: program.folder,
      file: `${plantedFolder}${name}-${reading}${program.isRepository ? '.repository' : ''}.ts`,
      code,
    }
  }
  return { group, program, wrong: plant('wrong', wrong), right: plant('right', right), piece }
}

interface Specimen extends Planted {
  isLinted: boolean
}

/** The wrong one, then the right one. */
function specimensOf({ program, wrong, right }: Exhibit): Specimen[] {
  return [wrong, right].map((planted) => ({ ...planted, isLinted: program.stopped.by !== 'compiler' }))
}

/** Lint sees whatever is planted in a package, so all of it is taken out again. */
async function examine(workbench: Workbench, specimens: Specimen[]): Promise<Findings> {
  workbench.plant(specimens)
  const linted = specimens.filter(({ isLinted }) => isLinted)
  const [compiler, lint] = await Promise.all([workbench.compile(specimens), workbench.lint(linted)])
  workbench.uproot(specimens)
  return { compiler, lint }
}

function verdictOf({ group, program, wrong, right, piece }: Exhibit, all: Findings): Verdict {
  const { name, folder, stopped } = program
  const seen = of(all, wrong)
  const control = [...of(all, right).compiler, ...of(all, right).lint]
  const refusal = isStopped(program, seen)
  return {
    group: group.title,
    program: name,
    folder,
    piece,
    stoppedBy: stopped.by,
    isRefused: refusal !== undefined,
    isControlRight: control.length === 0,
    seen: [
      refusal ?? `${expectation(program)}, saw ${tell([...seen.compiler, ...seen.lint])}`,
      ...(control.length === 0 ? [] : [`its control: ${tell(control)}`]),
    ].join('; '),
  }
}

function of({ compiler, lint }: Findings, { folder, file }: Planted): Findings {
  const isHere = (diagnostic: Diagnostic) => diagnostic.file.endsWith(`${folder}/${file}`)
  return { compiler: compiler.filter(isHere), lint: lint.filter(isHere) }
}

/** What stopped the program, if it is what should. */
function isStopped({ stopped }: Program, { compiler, lint }: Findings): string | undefined {
  const [error, ...more] = compiler
  switch (stopped.by) {
    case 'compiler':
      return error?.code === `TS${stopped.code}` && error.message.includes(stopped.says) && more.length === 0
        ? tell(compiler)
        : undefined
    case 'lint': {
      const hit = lint.filter(({ code }) => code.includes(`(${stopped.rule})`))
      return hit.length > 0 && compiler.length === 0 ? tell(hit.slice(0, 1)) : undefined
    }
    case 'runtime':
      return compiler.length + lint.length === 0 ? `rejects with ${stopped.rejectsWith}` : undefined
  }
}

function expectation({ stopped }: Program): string {
  switch (stopped.by) {
    case 'compiler':
      return `expected only TS${stopped.code} «${stopped.says}»`
    case 'lint':
      return `expected to compile and break ${stopped.rule}`
    case 'runtime':
      return 'expected to compile and pass lint'
  }
}

function tell(diagnostics: Diagnostic[]): string {
  return diagnostics.map(({ code, message }) => `${code} ${message}`).join(' | ') || 'nothing'
}
