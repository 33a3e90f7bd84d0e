import type { Folder, Group, RightProgram, WrongProgram } from './program.ts'
import { openWorkbench, type Diagnostic } from './workbench.ts'

export interface Verdict {
  group: string
  program: string
  folder: Folder
  stoppedBy: 'compiler' | 'lint' | 'runtime' | 'control'
  /** True when the program was stopped by what should stop it, or, for a control, compiled. */
  held: boolean
  /** What was seen: the error, or why the verdict is a failure. */
  seen: string
}

interface Planted {
  group: Group
  program: WrongProgram | RightProgram
  file: string
}

/** Compiles and lints every program of the gallery, each in the package it pretends to belong to. */
export async function judge(groups: Group[]): Promise<Verdict[]> {
  using workbench = openWorkbench()
  const planted = number(groups)
  for (const { program, file } of planted) workbench.plant(program.folder, file, program.code)
  const folders = [...new Set(planted.map(({ program }) => program.folder))]
  const compiled: Diagnostic[] = []
  for (const folder of folders) compiled.push(...(await workbench.compile(folder)))
  const linted = await workbench.lint()
  return planted.map((one) => verdictOf(one, errorsOf(one, compiled), errorsOf(one, linted), compiled))
}

function number(groups: Group[]): Planted[] {
  return groups.flatMap((group, at) =>
    [...group.wrong, ...group.right].map((program, index) => ({ group, program, file: `g${at + 1}-p${index + 1}.ts` })),
  )
}

function errorsOf({ program, file }: Planted, diagnostics: Diagnostic[]): Diagnostic[] {
  return diagnostics.filter((diagnostic) => diagnostic.file.endsWith(`${program.folder}/src/planted/${file}`))
}

function verdictOf({ group, program }: Planted, compiler: Diagnostic[], lint: Diagnostic[], all: Diagnostic[]): Verdict {
  const base = { group: group.title, program: program.name, folder: program.folder }
  const elsewhere = all.filter(({ file }) => !file.includes('/planted/'))
  const first = compiler[0] ? `${compiler[0].code} ${compiler[0].message}` : 'compiles'
  if (!('stopped' in program)) {
    const broken = compiler.length > 0 || elsewhere.length > 0
    return { ...base, stoppedBy: 'control', held: !broken, seen: broken && elsewhere[0] ? elsewhere[0].message : first }
  }
  const { stopped } = program
  switch (stopped.by) {
    case 'compiler': {
      const hit = compiler.find((error) => error.code === `TS${stopped.code}` && error.message.includes(stopped.says))
      return { ...base, stoppedBy: 'compiler', held: hit !== undefined, seen: hit ? `${hit.code} ${hit.message}` : `expected TS${stopped.code} «${stopped.says}», saw: ${first}` }
    }
    case 'lint': {
      const hit = lint.find((error) => error.code.includes(stopped.rule))
      const held = hit !== undefined && compiler.length === 0
      return { ...base, stoppedBy: 'lint', held, seen: hit ? `${hit.code} ${hit.message}` : `expected ${stopped.rule}, saw: ${first}` }
    }
    case 'runtime': {
      const held = compiler.length === 0
      return { ...base, stoppedBy: 'runtime', held, seen: held ? `fails closed: ${stopped.test}` : `expected to compile, saw: ${first}` }
    }
  }
}
