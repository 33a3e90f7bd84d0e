import { isMissed, type Figure, type Goal } from './figure.ts'
import type { Machine } from './machine.ts'
import type { Spread } from './spread.ts'

export interface Report {
  ok: boolean
  machine: Machine
  met: number
  missed: number
  figures: Figure[]
  notes: string[]
}

export function reportOf(machine: Machine, figures: Figure[], notes: string[]): Report {
  const missed = figures.filter(isMissed).length
  const required = figures.filter(({ goal }) => goal !== undefined).length
  return { ok: missed === 0, machine, met: required - missed, missed, figures, notes }
}

/** One line per figure: what we do, what the other does, the ratio with its spread, what was to be reached. */
export function tableOf({ machine, figures, notes, met, missed }: Report): string {
  const { processor, cores, memoryGb, system, node, postgres } = machine
  const rows = figures.map((figure) => [
    figure.name,
    figure.against,
    withUnit(figure.ours, figure.unit),
    figure.theirs ? withUnit(figure.theirs, figure.unit) : '',
    figure.theirs
      ? `${short(figure.measure.median)} × [${short(figure.measure.min)} – ${short(figure.measure.max)}]`
      : '',
    String(figure.measure.of),
    figure.goal ? goalText(figure.goal) : '',
    figure.verdict,
  ])
  return [
    `${processor}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}, PostgreSQL ${postgres}`,
    `Medians of interleaved rounds, as many as it says; the ratio is ours by theirs within a round, with the smallest and the largest.`,
    '',
    ...aligned([['', 'against', 'ours', 'theirs', 'ratio', 'rounds', 'goal', ''], ...rows]),
    '',
    ...notes.flatMap((note) => [note, '']),
    `${met} of ${met + missed} required figures met`,
  ].join('\n')
}

function goalText({ kind, value, beyond }: Goal): string {
  const sign = kind === 'at least' ? '≥' : '≤'
  return `${sign} ${value}${beyond === undefined ? '' : `, beyond ${sign} ${beyond}`}`
}

function withUnit({ median }: Spread, unit: string): string {
  return `${short(median)} ${unit}`
}

function short(value: number): string {
  if (value >= 100) return value.toFixed(0)
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

function aligned(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
