import { isAsDescribed, procedurePaths, type Answer, type HttpCaller } from './caller.ts'
import type { Target } from './inputs.ts'
import {
  callers,
  expectedDecision,
  policy,
  rows,
  type Caller,
  type Decision,
  type ProcedurePath,
  type Row,
} from './policy.ts'

export interface Cell {
  procedure: ProcedurePath
  caller: Caller
  row: Row
  expected: Decision
  actual: Decision
  /** For a refused call that names a row: whether the answer is, byte for byte, the answer for a row that does not exist. */
  likeMissing: boolean | null
  /** Whether what came back is what the procedure's output schema says; of a call that went well. */
  asDescribed: boolean
  /** Whether the answer holds a word of the caller's own company. */
  showsOwn: boolean
  /** Words of other companies and of the application database in the answer. */
  leaked: string[]
}

export interface MatrixResult {
  procedures: number
  cells: Cell[]
  failures: string[]
}

/** What the matrix needs: people who call, and rows to name. */
export interface Stage {
  /** Signs a caller in anew when the procedure ends or moves sessions. */
  as(caller: Caller, path: ProcedurePath): Promise<Pick<HttpCaller, 'ask'>>
  /** A row in the state the procedure asks for. Fresh for a caller who is expected to change it. */
  target(path: ProcedurePath, row: Row, caller: Caller): Promise<Target>
  /** Words by which data is known: of the caller's company, and of everything that the procedure may not show them. */
  wordsFor(caller: Caller, path: ProcedurePath): { own: string | undefined; foreign: readonly string[] }
  /** Rows that no caller may change and that are no longer as they were made. */
  changedRows(): Promise<string[]>
}

interface Extent {
  /** Every procedure of the router when it is not said. */
  paths?: readonly ProcedurePath[]
  onProgress?: (done: number, total: number) => void
}

/** Asks procedures as every caller for every row, and compares what was decided with the policy. */
export async function runMatrix(
  stage: Stage,
  { paths = procedurePaths, onProgress = () => {} }: Extent = {},
): Promise<MatrixResult> {
  const cells: Cell[] = []
  const failures = withoutEntry(paths).map((path) => `${path} has no entry in the policy`)
  for (const [done, procedure] of paths.entries()) {
    onProgress(done, paths.length)
    if (withoutEntry([procedure]).length > 0) continue
    for (const caller of callers) cells.push(...(await askForEveryRow(stage, procedure, caller)))
  }
  for (const cell of cells) {
    const name = `${cell.procedure} as ${cell.caller}, ${cell.row} row`
    if (cell.actual !== cell.expected) failures.push(`${name}: expected ${cell.expected}, got ${cell.actual}`)
    if (cell.likeMissing === false) failures.push(`${name}: answered differently from a missing row`)
    if (!cell.asDescribed) failures.push(`${name}: the answer is not what the output schema describes`)
    if (cell.leaked.length > 0) {
      const [first, ...more] = cell.leaked
      failures.push(`${name}: the answer holds ${first} and ${more.length} more words that are not theirs`)
    }
  }
  failures.push(...(await stage.changedRows()).map((row) => `${row}: changed, though nobody may`))
  return { procedures: paths.length, cells, failures }
}

/** Procedures that nobody has decided about. The build fails of them as well, unless it was told otherwise. */
export function withoutEntry(paths: readonly string[]): string[] {
  return paths.filter((path) => !Object.hasOwn(policy, path))
}

async function askForEveryRow(stage: Stage, procedure: ProcedurePath, caller: Caller): Promise<Cell[]> {
  const asked: { row: Row; expected: Decision; answer: Answer }[] = []
  for (const row of rows) {
    const expected = expectedDecision(procedure, caller, row)
    if (expected === undefined) continue
    const browser = await stage.as(caller, procedure)
    asked.push({ row, expected, answer: await browser.ask(procedure, await stage.target(procedure, row, caller)) })
  }
  const words = stage.wordsFor(caller, procedure)
  const missing = asked.find(({ row }) => row === 'missing')?.answer
  return asked.map(({ row, expected, answer }) => ({
    procedure,
    caller,
    row,
    expected,
    actual: answer.decision,
    likeMissing:
      missing === undefined || expected === 'ok' || row === 'missing' || row === 'malformed'
        ? null
        : answer.comparable === missing.comparable,
    asDescribed: answer.decision !== 'ok' || isAsDescribed(procedure, answer.data),
    showsOwn: words.own !== undefined && answer.comparable.includes(words.own),
    leaked: words.foreign.filter((word) => answer.comparable.includes(word)),
  }))
}
