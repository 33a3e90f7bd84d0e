import type { Definitions, Kind } from './definitions.ts'
import type { Difference } from './differences.ts'
import { alterColumn, columnText } from './repair-columns.ts'
import { repairDefaults, repairGrant, repairRole } from './repair-rights.ts'
import { alterType, createType } from './repair-types.ts'
import { on, own, quote, type Place, type Step, type Step as RepairStep } from './repair-step.ts'

export type { RepairStep }

export interface Repair {
  /** In the order in which they are to be run. */
  steps: RepairStep[]
  /** What only a person can decide or do. */
  byHand: string[]
}

/**
 * The statements that make a database what its migrations make. Only what differs is touched; what was made by hand goes,
 * and where rows go with it the step says so.
 */
export function repairOf(differences: readonly Difference[], place: Place): Repair {
  const steps: RepairStep[] = []
  const byHand: string[] = []
  for (const difference of differences) {
    const found = stepsFor(difference, place)
    if (found === undefined) byHand.push(difference.words)
    else steps.push(...found)
  }
  const unique = new Map(steps.map((step) => [step.sql, step]))
  return { steps: [...unique.values()].sort((one, other) => one.phase - other.phase), byHand }
}

function stepsFor(difference: Difference, place: Place): RepairStep[] | undefined {
  const { kind, name } = difference
  if (kind === 'grant') return repairGrant(difference, place)
  if (kind === 'role') return repairRole(difference, place)
  // Every kind the catalogue query speaks of is in the table; the definitions are what it answers.
  const repairs = repairsOf(place.owner)[kind as Exclude<Kind, 'grant' | 'role'>] as Repairs<unknown> | undefined
  if (repairs === undefined) return undefined
  switch (difference.state) {
    case 'missing':
      return repairs.create(name, difference.expected)
    case 'extra':
      return repairs.drop(name, difference.found)
    case 'changed': {
      if (repairs.change) return repairs.change(name, difference.expected, difference.found)
      const [drop, create] = [repairs.drop(name, difference.found), repairs.create(name, difference.expected)]
      return drop && create && [...drop, ...create]
    }
  }
}

interface Repairs<Definition> {
  create: (name: string, wanted: Definition) => Step[] | undefined
  drop: (name: string, found: Definition) => Step[] | undefined
  /** Left out where dropping and creating loses nothing. */
  change?: (name: string, wanted: Definition, found: Definition) => Step[] | undefined
}

type Table = { [K in Exclude<Kind, 'grant' | 'role'>]: Repairs<Definitions[K]> }

function repairsOf(owner: string): Table {
  const ownedBy = (what: string, wanted: { owner: string }, found?: { owner: string }): Step[] =>
    found && found.owner !== wanted.owner
      ? [{ ...on(7, `alter ${what} owner to ${quote(owner)}`), by: 'administrator' }]
      : []
  const view = (word: 'view' | 'materialized view'): Repairs<Definitions['view']> => ({
    create: (name, { query, options }) => [
      on(6, `create ${word} crm.${quote(name)}${options ? ` with (${options.join(', ')})` : ''} as ${query}`),
    ],
    drop: (name) => [on(0, `drop ${word} if exists crm.${quote(name)}`)],
  })
  return {
    table: {
      create: (name, wanted) => [on(3.5, `create table crm.${quote(name)} ()`), ...tableFlags(name, wanted)],
      drop: (name) => [{ ...on(2, `drop table crm.${quote(name)} cascade`), destroys: true }],
      change: (name, wanted, found) =>
        wanted.persistence === found.persistence
          ? [...tableFlags(name, wanted, found), ...ownedBy(`table crm.${quote(name)}`, wanted, found)]
          : [on(7, `alter table crm.${quote(name)} set ${wanted.persistence === 'u' ? 'unlogged' : 'logged'}`)],
    },
    view: view('view'),
    'materialized view': view('materialized view'),
    sequence: {
      create: (name, wanted) => [on(3, `create sequence crm.${quote(name)} ${sequenceText(wanted)}`)],
      drop: (name) => [on(2, `drop sequence crm.${quote(name)}`)],
      change: (name, wanted, found) => [
        on(4, `alter sequence crm.${quote(name)} ${sequenceText(wanted)}`),
        ...ownedBy(`sequence crm.${quote(name)}`, wanted, found),
      ],
    },
    column: {
      create: (name, wanted) => [
        // One that is computed comes after those it is computed from.
        on(
          wanted.generated === '' ? 4 : 4.05,
          `alter table ${own(name).table} add column ${own(name).part} ${columnText(wanted)}`,
        ),
      ],
      drop: (name) => [{ ...on(2, `alter table ${own(name).table} drop column ${own(name).part}`), destroys: true }],
      change: alterColumn,
    },
    constraint: {
      create: (name, { type, is }) => [
        on(type === 'f' ? 5.5 : 5, `alter table ${own(name).table} add constraint ${own(name).part} ${is}`),
      ],
      drop: (name, { type }) => [
        on(type === 'f' ? 0.5 : 1, `alter table ${own(name).table} drop constraint if exists ${own(name).part}`),
      ],
    },
    index: {
      create: (_, { is }) => [on(5.2, is)],
      drop: (name) => [on(1, `drop index if exists crm.${quote(name)}`)],
    },
    trigger: {
      create: (name, { is, enabled }) => [on(6, is), ...triggerState(name, enabled)],
      drop: (name) => [on(0, `drop trigger if exists ${own(name).part} on ${own(name).table}`)],
      change: (name, wanted, found) =>
        wanted.is === found.is
          ? triggerState(name, wanted.enabled)
          : [
              on(0, `drop trigger ${own(name).part} on ${own(name).table}`),
              on(6, wanted.is),
              ...triggerState(name, wanted.enabled),
            ],
    },
    'disabled check': {
      create: () => undefined,
      drop: (name) => [{ ...on(7, `alter table ${own(name).table} enable trigger all`), by: 'administrator' }],
      change: () => undefined,
    },
    rule: {
      create: (_, { is }) => [on(6, is)],
      drop: (name) => [on(0, `drop rule if exists ${own(name).part} on ${own(name).table}`)],
    },
    policy: {
      create: (name, wanted) => [on(6, policyText(name, wanted, owner))],
      drop: (name) => [on(0, `drop policy if exists ${own(name).part} on ${own(name).table}`)],
    },
    function: {
      create: (_, { is, kind }) => (kind === 'f' || kind === 'p' ? [on(3, is)] : undefined),
      drop: (name, { kind }) => [on(2, `drop ${kind === 'p' ? 'procedure' : 'routine'} if exists crm.${name}`)],
      change: (name, wanted, found) => [
        ...(wanted.is === found.is ? [] : [on(3, wanted.is)]),
        ...ownedBy(`routine crm.${name}`, wanted, found),
      ],
    },
    type: {
      create: createType,
      drop: (name, found) => [on(2.5, `drop ${found.kind === 'd' ? 'domain' : 'type'} crm.${quote(name)}`)],
      change: alterType,
    },
    'default privilege': {
      create: (name, wanted) => repairDefaults(name, wanted, undefined, owner),
      drop: (name, found) => repairDefaults(name, undefined, found, owner),
      change: (name, wanted, found) => repairDefaults(name, wanted, found, owner),
    },
  }
}

function tableFlags(name: string, wanted: Definitions['table'], found?: Definitions['table']): Step[] {
  const table = `alter table crm.${quote(name)}`
  const steps: Step[] = []
  if (wanted.rowSecurity !== (found?.rowSecurity ?? false)) {
    steps.push(on(7, `${table} ${wanted.rowSecurity ? 'enable' : 'disable'} row level security`))
  }
  if (wanted.forced !== (found?.forced ?? false)) {
    steps.push(on(7, `${table} ${wanted.forced ? 'force' : 'no force'} row level security`))
  }
  const [set, had] = [wanted.options ?? [], found?.options ?? []]
  const gone = had.map(nameOfOption).filter((option) => !set.some((one) => nameOfOption(one) === option))
  if (gone.length > 0) steps.push(on(7, `${table} reset (${gone.join(', ')})`))
  if (set.some((option) => !had.includes(option))) steps.push(on(7, `${table} set (${set.join(', ')})`))
  return steps
}

function nameOfOption(option: string): string {
  return option.split('=')[0] ?? option
}

function sequenceText({ type, start, increment, min, max, cache, cycle }: Definitions['sequence']): string {
  const bounds = `minvalue ${min} maxvalue ${max} start with ${start} cache ${cache} ${cycle ? 'cycle' : 'no cycle'}`
  return `as ${type} increment by ${increment} ${bounds}`
}

function triggerState(name: string, enabled: string): Step[] {
  const states: Record<string, string> = { D: 'disable', R: 'enable replica', A: 'enable always' }
  return [on(6.5, `alter table ${own(name).table} ${states[enabled] ?? 'enable'} trigger ${own(name).part}`)]
}

function policyText(name: string, wanted: Definitions['policy'], owner: string): string {
  const { table, part } = own(name)
  const commands: Record<string, string> = { r: 'select', a: 'insert', w: 'update', d: 'delete' }
  const roles = wanted.to.map((role) => (role === 'public' ? role : quote(role === '@owner' ? owner : role)))
  return [
    `create policy ${part} on ${table} as ${wanted.permissive ? 'permissive' : 'restrictive'}`,
    `for ${commands[wanted.for] ?? 'all'} to ${roles.join(', ')}`,
    ...(wanted.using === null ? [] : [`using (${wanted.using})`]),
    ...(wanted.check === null ? [] : [`with check (${wanted.check})`]),
  ].join(' ')
}
