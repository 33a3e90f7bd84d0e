import type { Definitions } from './definitions.ts'
import { on, own, type Step } from './repair-step.ts'

type Column = Definitions['column']

/** What stands behind the column's name in ADD COLUMN. */
export function columnText({ type, collation, generated, identity, notNull, default: value }: Column): string {
  return [
    type,
    collation === null ? '' : `collate ${collation}`,
    generated === '' ? '' : `generated always as (${value}) ${generated === 's' ? 'stored' : 'virtual'}`,
    identity === '' ? '' : identityText(identity),
    generated === '' && value !== null ? `default ${value}` : '',
    notNull ? 'not null' : '',
  ]
    .filter((part) => part !== '')
    .join(' ')
}

export function alterColumn(name: string, wanted: Column, found: Column): Step[] {
  const { table, part } = own(name)
  const alter = (phase: number, what: string) => on(phase, `alter table ${table} alter column ${part} ${what}`)
  // What a column is generated from cannot be changed on every server; it can be computed anew, and nothing is lost.
  if (wanted.generated !== '') {
    return [
      on(2, `alter table ${table} drop column ${part} cascade`),
      on(4.05, `alter table ${table} add column ${part} ${columnText(wanted)}`),
    ]
  }
  const steps: Step[] = []
  if (found.generated !== '') steps.push(alter(3.9, 'drop expression if exists'))
  const isOtherType = wanted.type !== found.type || wanted.collation !== found.collation
  if (isOtherType) {
    if (found.default !== null) steps.push(alter(4, 'drop default'))
    const collate = wanted.collation === null ? '' : ` collate ${wanted.collation}`
    steps.push(alter(4.1, `type ${wanted.type}${collate} using ${part}::${wanted.type}`))
  }
  if (wanted.identity !== found.identity) {
    if (found.identity !== '') steps.push(alter(4.2, 'drop identity'))
    if (wanted.identity !== '') steps.push(alter(4.3, `add ${identityText(wanted.identity)}`))
  }
  if (wanted.default !== found.default || (isOtherType && wanted.default !== null)) {
    steps.push(alter(4.4, wanted.default === null ? 'drop default' : `set default ${wanted.default}`))
  }
  if (wanted.notNull !== found.notNull) steps.push(alter(4.5, wanted.notNull ? 'set not null' : 'drop not null'))
  return steps
}

function identityText(identity: string): string {
  return `generated ${identity === 'a' ? 'always' : 'by default'} as identity`
}
