/** The workspace folder a program pretends to belong to; it sees what that folder's package.json lets it see. */
export type Folder =
  | `packages/${'api' | 'app-db' | 'auth' | 'connections' | 'contracts' | 'data-sources' | 'fleet' | 'tenant-db'}`
  | 'apps/cli'
  | 'apps/web'

/** What must stop a wrong program. */
export type StoppedBy =
  /** One error of the compiler and no other, by number and a part of its sentence. */
  | { by: 'compiler'; code: number; says: string }
  /** Types cannot see it; a lint rule does. */
  | { by: 'lint'; rule: string }
  /** Neither sees it; `run`, which the program exports, fails closed: it rejects with this code (or kind of error). */
  | { by: 'runtime'; rejectsWith: string }

/**
 * A program that is wrong in one way: its code holds one span `⟦wrong ⇒ right⟧`. With the left side it must be stopped; with
 * the right side it is its own control, which must compile (and run, where the wrong one is run), or the refusal proves nothing.
 */
export interface Program {
  name: string
  folder: Folder
  code: string
  stopped: StoppedBy
  /** It declares something for the whole compilation, so it is compiled by itself. */
  isAlone?: true
  /** It stands in a file that is named as repositories are. */
  isRepository?: true
}

export interface Group {
  title: string
  programs: Program[]
}

/** Stopped by the compiler: the common case. */
export function refused(folder: Folder, name: string, code: string, error: number, says: string): Program {
  return { name, folder, code, stopped: { by: 'compiler', code: error, says } }
}

/** Compiles, and is stopped by a lint rule. */
export function linted(folder: Folder, name: string, code: string, rule: string): Program {
  return { name, folder, code, stopped: { by: 'lint', rule } }
}

/** Compiles, passes lint, and fails closed when it runs. */
export function failsClosed(folder: Folder, name: string, code: string, rejectsWith: string): Program {
  return { name, folder, code, stopped: { by: 'runtime', rejectsWith } }
}

const span = /⟦([^⟧]*?) ⇒ ([^⟧]*)⟧/g

/** Both readings of a program, and the span in which they differ. Throws for a program without exactly one span. */
export function readingsOf({ name, code }: Program): { wrong: string; right: string; piece: string } {
  const [found, ...more] = [...code.matchAll(span)]
  if (found === undefined || more.length > 0) throw new Error(`«${name}» must hold exactly one span ⟦wrong ⇒ right⟧`)
  const [whole, wrong = '', right = ''] = found
  const reading = (side: string) => code.replace(span, () => side).trimStart()
  return { wrong: reading(wrong), right: reading(right), piece: whole.slice(1, -1) }
}
