/** The workspace folder a program pretends to belong to; it sees what that folder's package.json lets it see. */
export type Folder = 'packages/api' | 'packages/auth' | 'packages/app-db' | 'packages/data-sources' | 'packages/fleet' | 'apps/web' | 'apps/cli'

/** What must stop a wrong program. */
export type StoppedBy =
  /** An error of the compiler, by number and a part of its sentence. */
  | { by: 'compiler'; code: number; says: string }
  /** Types cannot see it; a lint rule does. */
  | { by: 'lint'; rule: string }
  /** It runs, and fails closed; `test` names the test in `fails-closed.test.ts` that runs it. */
  | { by: 'runtime'; test: string }

export interface WrongProgram {
  name: string
  folder: Folder
  code: string
  stopped: StoppedBy
}

/** A control: the same shape written rightly. It must compile without any error, or the refusals around it prove nothing. */
export interface RightProgram {
  name: string
  folder: Folder
  code: string
}

export interface Group {
  title: string
  wrong: WrongProgram[]
  right: RightProgram[]
}

/** Shorthand for the common case. */
export function refused(folder: Folder, name: string, code: string, error: number, says: string): WrongProgram {
  return { name, folder, code, stopped: { by: 'compiler', code: error, says } }
}
