import { procedurePaths, type Answer, type HttpCaller } from './caller.ts'
import type { Target } from './inputs.ts'
import { callers, expectedDecision, policy, rows, type Caller, type Decision, type ProcedurePath, type Row } from './policy.ts'

export interface Cell {
  procedure: ProcedurePath
  caller: Caller
  row: Row
  expected: Decision
  actual: Decision
  /** For a row that is not the caller's: whether the answer is, byte for byte, the answer for a row that does not exist. */
  likeMissing: boolean | null
}

export interface MatrixResult {
  procedures: number
  cells: Cell[]
  failures: string[]
}

/** What the matrix needs: people who call, and rows to name. */
export interface Stage {
  /** Signs a caller in anew when the procedure ends or moves sessions. */
  as(caller: Caller, path: ProcedurePath): Promise<HttpCaller>
  /** A row in the state the procedure asks for. Fresh for a caller who is expected to change it. */
  target(path: ProcedurePath, row: Row, caller: Caller): Promise<Target>
  /** Rows of tenants that no caller belongs to and that are no longer as they were made. */
  changedForeignRows(): Promise<string[]>
}

/** Asks every procedure as every caller for every row, and compares what was decided with the policy. */
export async function runMatrix(stage: Stage, onProgress: (done: number, total: number) => void = () => {}): Promise<MatrixResult> {
  const cells: Cell[] = []
  const failures = [...procedurePaths.filter((path) => !Object.hasOwn(policy, path)).map((path) => `${path} has no entry in the policy`)]
  for (const [done, procedure] of procedurePaths.entries()) {
    onProgress(done, procedurePaths.length)
    if (!Object.hasOwn(policy, procedure)) continue
    for (const caller of callers) cells.push(...(await askForEveryRow(stage, procedure, caller)))
  }
  for (const cell of cells) {
    const name = `${cell.procedure} as ${cell.caller}, ${cell.row} row`
    if (cell.actual !== cell.expected) failures.push(`${name}: expected ${cell.expected}, got ${cell.actual}`)
    if (cell.likeMissing === false) failures.push(`${name}: answered differently from a missing row`)
  }
  failures.push(...(await stage.changedForeignRows()))
  return { procedures: procedurePaths.length, cells, failures }
}

async function askForEveryRow(stage: Stage, procedure: ProcedurePath, caller: Caller): Promise<Cell[]> {
  const asked: { row: Row; expected: Decision; answer: Answer }[] = []
  for (const row of rows) {
    const expected = expectedDecision(procedure, caller, row)
    if (expected === undefined) continue
    const browser = await stage.as(caller, procedure)
    asked.push({ row, expected, answer: await browser.ask(procedure, await stage.target(procedure, row, caller)) })
  }
  const missing = asked.find(({ row }) => row === 'missing')?.answer
  return asked.map(({ row, expected, answer }) => ({
    procedure,
    caller,
    row,
    expected,
    actual: answer.decision,
    likeMissing: missing === undefined || expected === 'ok' || row === 'malformed' ? null : answer.comparable === missing.comparable,
  }))
}
