import type { Control, Outcome } from './run.ts'

export interface Summary {
  ok: boolean
  confusions: number
  requests: number
  held: number
  businessStatements: number
  auditEntries: number
  /** Confusions that Postgres alone would have answered: there, the proof is all that stands in the way. */
  answeredWithoutProof: number
  /** What the same measure counts for companies that are not confused. */
  controlStatements: number
}

export function summarise(outcomes: Outcome[], controls: Control[]): Summary {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  const moves = controls.every(
    ({ read, write, businessStatements }) => read === 'answered' && write === 'answered' && businessStatements > 0,
  )
  const answered = outcomes.filter(({ withoutProof }) => withoutProof === 'answered')
  return {
    ok:
      moves &&
      outcomes.every(({ held }) => held) &&
      answered.every(({ statementsWithoutProof }) => statementsWithoutProof > 0),
    confusions: new Set(outcomes.map(({ confusion }) => confusion)).size,
    requests: outcomes.length * 3,
    held: outcomes.filter(({ held }) => held).length,
    businessStatements: sum(outcomes.map(({ businessStatements }) => businessStatements)),
    auditEntries: sum(outcomes.map(({ auditEntries }) => auditEntries)),
    answeredWithoutProof: answered.length,
    controlStatements: sum(controls.map(({ businessStatements }) => businessStatements)),
  }
}

export function tableOf(outcomes: Outcome[], controls: Control[]): string {
  const rows = [
    ['', 'confusion', 'company', 'answer', 'statements', 'audit', 'without the proof'],
    ...outcomes.map((outcome, at) => [
      outcome.held ? '✓' : '✗',
      outcomes[at - 1]?.confusion === outcome.confusion ? '' : outcome.confusion,
      outcome.company,
      [...new Set([outcome.read, outcome.write, outcome.connectionTest])].join(' '),
      String(outcome.businessStatements),
      String(outcome.auditEntries),
      outcome.withoutProof,
    ]),
    ...controls.map(({ company, read, write, businessStatements }) => [
      '·',
      'control: nothing is confused',
      company,
      [...new Set([read, write])].join(' '),
      String(businessStatements),
      '',
      '',
    ]),
  ]
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export function sentenceOf(
  { confusions, held, businessStatements, auditEntries, answeredWithoutProof, controlStatements }: Summary,
  cases: number,
): string {
  return [
    `${confusions} confusions, ${held} of ${cases} cases held: ${businessStatements} business statements, ${auditEntries} audit entries`,
    `the same measure counts ${controlStatements} statements when nothing is confused; without the proof ${answeredWithoutProof} cases would have been answered`,
  ].join('\n')
}
