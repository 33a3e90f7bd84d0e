import type { DriftReport } from '@tenantry/fleet/drift'
import type { painter } from '../terminal.ts'

/** Groups first, then the statements for each database that drifted. */
export function renderDrift({ groups, databases }: DriftReport, paint: ReturnType<typeof painter>): string {
  const lines = groups.flatMap(({ id, differences, version, databases: names, tenants }) => {
    const isFine = differences.length === 1 && differences[0] === 'as migrated'
    const head = `${paint('bold', String(names.length))} ${isFine ? paint('green', 'as migrated') : paint('red', differences[0] ?? '')}`
    return [
      `${head}${version === null ? '' : paint('dim', ` at ${version}`)}${id === null ? '' : paint('dim', ` group ${id}`)}${isFine ? '' : ` (${tenants.join(', ')})`}`,
      ...differences.slice(1).map((words) => `  ${paint('red', words)}`),
    ]
  })
  const repairs = databases.flatMap(({ database, tenants, repair, byHand }) =>
    repair.length + byHand.length === 0
      ? []
      : [
          '',
          `${paint('bold', database)}, repaired by: pnpm tenantry fleet repair ${tenants[0] ?? ''}`,
          ...repair.map(({ sql, destroys, by }) => `  ${sql};${marksOf({ destroys, by }, paint)}`),
          ...byHand.map((words) => `  ${paint('yellow', `by hand: ${words}`)}`),
        ],
  )
  return [...lines, ...repairs].join('\n')
}

export function marksOf(
  { destroys, by }: { destroys: boolean; by: string },
  paint: ReturnType<typeof painter>,
): string {
  const marks = [...(destroys ? ['rows are lost'] : []), ...(by === 'administrator' ? ['an administrator has to'] : [])]
  return marks.length === 0 ? '' : paint('yellow', ` -- ${marks.join(', ')}`)
}
