import type { EndpointFigures } from './dead-endpoints.ts'
import type { PhaseFigures } from './phase.ts'
import type { KillsResult } from './run.ts'

/** A sentence for everything that must not have happened and did. */
export function violationsOf({ phases, endpoints, uncaught }: KillsResult): string[] {
  return [
    ...phases.flatMap(violationsOfPhase),
    ...endpoints.flatMap(violationsOfEndpoint),
    ...uncaught.map((sentence) => `uncaught: ${sentence}`),
  ]
}

function violationsOfPhase(phase: PhaseFigures): string[] {
  const { name, accidents, recovered, saved, unknown, unknownStored, unknownAbsent } = phase
  const forbidden = {
    'acknowledged writes lost': phase.lost,
    'half transactions': phase.halved,
    'writes stored that were reported as refused': phase.resurrected,
    'rows of another tenant': phase.foreign,
    'transactions whose statements ran in two': phase.strayed,
    'calls without an answer': phase.hangs,
    'errors without a code': phase.untyped,
  }
  const found = Object.entries(forbidden)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${name}: ${count} ${what}`)
  // Figures that cannot be right: nothing was tried, or the writers never came back.
  if (saved === 0) found.push(`${name}: not one write was saved`)
  if (unknownStored + unknownAbsent !== unknown) found.push(`${name}: an unknown commit is neither there nor absent`)
  if (recovered < accidents) found.push(`${name}: writing went on after ${recovered} of ${accidents} accidents`)
  return found
}

function violationsOfEndpoint(endpoint: EndpointFigures): string[] {
  const { name, errors, answers, untyped, dials, dialsAllowed, slowestMs, deadlineMs } = endpoint
  const found = []
  if (errors === 0) found.push(`${name}: nobody was told that it is of no use`)
  if (answers > 0) found.push(`${name}: ${answers} calls were answered`)
  if (untyped > 0) found.push(`${name}: ${untyped} errors without a code`)
  if (dials > dialsAllowed) found.push(`${name}: dialed ${dials} times where ${dialsAllowed} are allowed`)
  if (slowestMs > deadlineMs) found.push(`${name}: the slowest error took ${slowestMs} ms of ${deadlineMs} ms`)
  return found
}

export function tableOf({ phases, endpoints, uncaught }: KillsResult): string {
  return [
    ...layOut([
      ['', ...phases.map(({ name }) => name)],
      row('accidents', phases, ({ accidents }) => accidents),
      row('writing went on after', phases, ({ recovered }) => recovered),
      row('transactions saved', phases, ({ saved }) => saved),
      row('refused', phases, ({ refused }) => refused),
      row('outcome unknown', phases, ({ unknown }) => unknown),
      row('  of them stored / absent', phases, (phase) => `${phase.unknownStored} / ${phase.unknownAbsent}`),
      row('reads', phases, ({ reads }) => reads),
      row('  of them refused', phases, ({ readsRefused }) => readsRefused),
      row('slowest answer, ms', phases, ({ slowestMs }) => slowestMs),
      row('acknowledged writes lost', phases, ({ lost }) => lost),
      row('half transactions', phases, ({ halved }) => halved),
      row('refused but stored', phases, ({ resurrected }) => resurrected),
      row('rows of another tenant', phases, ({ foreign }) => foreign),
      row('statements in a foreign transaction', phases, ({ strayed }) => strayed),
      row('hangs', phases, ({ hangs }) => hangs),
      row('errors without a code', phases, ({ untyped }) => untyped),
    ]),
    ...phases.flatMap(({ name, hit }) => (Object.keys(hit).length > 0 ? [`${name}: ${listOf(hit)}`] : [])),
    '',
    ...layOut([
      ['endpoint', 'errors', 'answers', 'dials', 'allowed', 'slowest, ms', 'deadline, ms'],
      ...endpoints.map((one) => [
        one.name,
        ...[one.errors, one.answers, one.dials, one.dialsAllowed, one.slowestMs, one.deadlineMs].map(String),
      ]),
    ]),
    '',
    `uncaught exceptions: ${uncaught.length}`,
  ].join('\n')
}

function row(title: string, phases: PhaseFigures[], figure: (phase: PhaseFigures) => number | string): string[] {
  return [title, ...phases.map((phase) => String(figure(phase)))]
}

function listOf(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')
}

/** Numbers stand under each other at the right. */
function layOut(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0))) ?? []
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  return rows.map((cells) => cells.map(pad).join('   ').trimEnd())
}
