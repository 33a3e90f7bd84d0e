import type { MovesResult, PhaseFigures } from './run.ts'

/** How long a suspended tenant may still be written to. */
const patienceMs = 1_000

/** Answers a writer may get while its tenant moves or is suspended; the suspension may end a transaction in its commit. */
const expected = new Set([
  'COMMIT_UNKNOWN',
  'TENANT_DATABASE_MOVED',
  'TENANT_DATABASE_MISMATCH',
  'TENANT_DATABASE_BUSY',
  'TENANT_SUSPENDED',
])

/** What must never happen, however slow the machine is. */
export function violationsOf({ phases }: MovesResult): string[] {
  return phases.flatMap((phase) => {
    const found = []
    const { trouble, late, lost, saved } = phase
    if (late > 0) found.push(`${trouble}: ${late} writes landed in a database that had been left`)
    if (lost > 0) found.push(`${trouble}: ${lost} acknowledged writes are not where they belong`)
    if (saved === 0) found.push(`${trouble}: not one write was saved`)
    const odd = Object.keys(phase.refused).filter((code) => !expected.has(code))
    if (odd.length > 0) found.push(`${trouble}: unexpected answers: ${odd.join(', ')}`)
    return found
  })
}

/** Suspensions that took longer than a second to be everywhere. */
export function slownessOf({ phases }: MovesResult): string[] {
  return phases
    .filter(({ wroteForMs }) => wroteForMs > patienceMs)
    .map(({ trouble, wroteForMs }) => `${trouble}: a suspended tenant was written to for ${wroteForMs} ms`)
}

export function tableOf({ processes, phases }: MovesResult): string {
  return [
    `${processes} processes write to one tenant while it moves between two databases.`,
    '',
    ...phases.map(lineOf),
  ].join('\n')
}

function lineOf({ trouble, changes, saved, refused, late, lost, wroteForMs }: PhaseFigures): string {
  const answers = Object.entries(refused).map(([code, count]) => `${count} ${code}`)
  return [
    `${trouble}: ${changes} changes, ${saved} writes saved, ${late} late, ${lost} lost,`,
    `suspended everywhere after ${wroteForMs} ms; refused: ${answers.join(', ') || 'none'}`,
  ].join(' ')
}
