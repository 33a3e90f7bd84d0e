import type { Definitions } from './definitions.ts'
import { on, quote, type Step } from './repair-step.ts'

type Type = Definitions['type']

export function createType(name: string, wanted: Type): Step[] | undefined {
  const type = `crm.${quote(name)}`
  switch (wanted.kind) {
    case 'e':
      return [on(2.9, `create type ${type} as enum (${(wanted.labels ?? []).map(literal).join(', ')})`)]
    case 'd':
      return [on(2.9, [`create domain ${type} as ${wanted.base}`, ...domainParts(wanted)].join(' '))]
    default:
      return undefined
  }
}

/** Labels can be added at their place; one that is too much, or in another order, may be in use: undefined. */
export function alterType(name: string, wanted: Type, found: Type): Step[] | undefined {
  const type = `crm.${quote(name)}`
  if (wanted.kind !== found.kind || wanted.base !== found.base || wanted.owner !== found.owner) return undefined
  switch (wanted.kind) {
    case 'e':
      return missingLabels(type, wanted.labels ?? [], found.labels ?? [])
    case 'd':
      return alterDomain(type, wanted, found)
    default:
      return undefined
  }
}

function missingLabels(type: string, wanted: string[], found: string[]): Step[] | undefined {
  const kept = wanted.filter((label) => found.includes(label))
  if (kept.length !== found.length || kept.some((label, index) => label !== found[index])) return undefined
  // From the last to the first, so that the one behind is always there.
  return wanted.toReversed().flatMap((label, fromEnd) => {
    if (found.includes(label)) return []
    const behind = wanted[wanted.length - fromEnd]
    const place = behind === undefined ? '' : ` before ${literal(behind)}`
    return [on(2.9 + fromEnd / 10_000, `alter type ${type} add value ${literal(label)}${place}`)]
  })
}

function alterDomain(type: string, wanted: Type, found: Type): Step[] {
  const steps: Step[] = []
  const [checks, had] = [wanted.checks ?? {}, found.checks ?? {}]
  for (const [check, text] of Object.entries(had)) {
    if (checks[check] !== text) steps.push(on(1, `alter domain ${type} drop constraint ${quote(check)}`))
  }
  for (const [check, text] of Object.entries(checks)) {
    if (had[check] !== text) steps.push(on(5, `alter domain ${type} add constraint ${quote(check)} ${text}`))
  }
  if (wanted.notNull !== found.notNull) {
    steps.push(on(5, `alter domain ${type} ${wanted.notNull ? 'set' : 'drop'} not null`))
  }
  if (wanted.default !== found.default) {
    steps.push(
      on(5, `alter domain ${type} ${wanted.default === null ? 'drop default' : `set default ${wanted.default}`}`),
    )
  }
  return steps
}

function domainParts({ default: value, notNull, checks }: Type): string[] {
  return [
    ...(value === null ? [] : [`default ${value}`]),
    ...(notNull ? ['not null'] : []),
    ...Object.entries(checks ?? {}).map(([name, text]) => `constraint ${quote(name)} ${text}`),
  ]
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
