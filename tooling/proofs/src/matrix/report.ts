import { callers, type Caller } from './policy.ts'
import type { Cell, MatrixResult } from './run.ts'

/** One line per procedure and one column per caller: what they get for their own row, and marks for what went wrong. */
export function tableOf({ cells }: MatrixResult): string {
  const procedures = [...new Set(cells.map((cell) => cell.procedure))]
  const lines = procedures.map((procedure) => [
    procedure,
    ...callers.map((caller) => summary(cells, procedure, caller)),
  ])
  const widths = ['procedure', ...callers].map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)),
  )
  return [['procedure', ...callers], ...lines]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function summary(cells: Cell[], procedure: string, caller: Caller): string {
  const asked = cells.filter((cell) => cell.procedure === procedure && cell.caller === caller)
  const wrong = asked.filter(
    (cell) => cell.actual !== cell.expected || cell.likeMissing === false || cell.leaked.length > 0,
  )
  const own = asked.find((cell) => cell.row === 'own')
  return `${own?.actual ?? ''}${wrong.length > 0 ? ` ✗${wrong.length}` : ''}`
}

export function figuresOf({ procedures, cells, failures }: MatrixResult) {
  const refused = cells.filter((cell) => cell.likeMissing !== null)
  return {
    procedures,
    callers: callers.length,
    cells: cells.length,
    asExpected: cells.filter((cell) => cell.actual === cell.expected).length,
    comparedWithMissing: refused.length,
    likeMissing: refused.filter((cell) => cell.likeMissing === true).length,
    answersWithOwnWords: cells.filter((cell) => cell.showsOwn).length,
    answersWithForeignWords: cells.filter((cell) => cell.leaked.length > 0).length,
    failures,
  }
}

export function sentenceOf(figures: ReturnType<typeof figuresOf>): string {
  const { procedures, callers: kinds, cells, asExpected, comparedWithMissing, likeMissing, failures } = figures
  return [
    `${procedures} procedures, ${kinds} kinds of callers, ${cells} calls: ${asExpected} decided as the policy says`,
    `${comparedWithMissing} refused calls named a row that exists: ${likeMissing} answered, byte for byte, as for a row that does not`,
    `${figures.answersWithOwnWords} answers hold words of the caller's company, ${figures.answersWithForeignWords} words of another or of the application database`,
    ...failures.map((failure) => `✗ ${failure}`),
  ].join('\n')
}
