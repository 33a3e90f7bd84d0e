import type { Entry } from '../manifest/entry.ts'
import { comparable, quoted } from '../manifest/entry.ts'

/** All rows of an entry in their new form; `and` narrows them. */
export function selectRows(entry: Entry, and = ''): string {
  const columns = entry.columns.map(({ name, sql }) => `${sql} as ${quoted(name)}`)
  return `select ${columns.join(', ')} ${entry.from}${and}`
}

/** The same in the order of their source ids, which stand first, for going on after one. */
export function selectAfter(entry: Entry, lastId: string | undefined): string {
  if (entry.fromAfter === undefined) throw new TypeError(`${entry.name} has no order to go on in`)
  const columns = entry.columns.map(({ name, sql }) => `${sql} as ${quoted(name)}`)
  return `select ${entry.sourceId} as source_row, ${columns.join(', ')} ${entry.fromAfter(lastId)}`
}

export function createStaging({ target, columns }: Entry): string {
  const definitions = columns.map(({ name, type }) => `${quoted(name)} ${type}`)
  return `create temporary table if not exists staged_${target} (source_row uuid, ${definitions.join(', ')}) on commit delete rows`
}

/** Puts what was staged. A row that is as it should be is left alone, so a second run changes nothing. */
export function putStaged({ target, columns, key }: Entry): string {
  const names = columns.map(({ name }) => quoted(name)).join(', ')
  const others = columns.filter(({ name }) => !key.includes(name))
  const sets = others.map(({ name }) => `${quoted(name)} = excluded.${quoted(name)}`)
  const row = (alias: string) =>
    others.map((column) => comparable(column, `${alias}.${quoted(column.name)}`)).join(', ')
  return `insert into crm.${target} as present (${names}) select ${names} from pg_temp.staged_${target}
    on conflict (tenant_id, ${key.map(quoted).join(', ')}) do update set ${sets.join(', ')}
    where (${row('present')}) is distinct from (${row('excluded')})`
}

/**
 * What a staged row that is about to change gives up first, so that another one can have it: several rows may not hold it
 * at once, and they are put one after the other.
 */
export function yieldStaged({ target, columns, key }: Entry): string | undefined {
  const giveUp = yields[target]
  if (giveUp === undefined) return undefined
  const others = columns.filter(({ name }) => !key.includes(name))
  const row = (alias: string) =>
    others.map((column) => comparable(column, `${alias}.${quoted(column.name)}`)).join(', ')
  const changing = `present.id = s.id and (${row('present')}) is distinct from (${row('s')})`
  if (giveUp === 'all') return `delete from crm.${target} present using pg_temp.staged_${target} s where ${changing}`
  return `update crm.${target} present set ${giveUp} from pg_temp.staged_${target} s where ${changing}`
}

/** `all` of tables that nothing points at. */
const yields: Partial<Record<Entry['target'], string>> = {
  contact_accounts: 'all',
  contact_points: 'all',
  events: 'opportunity_id = null',
  attachments: 'storage_key = present.id::text',
  communications: 'provider_message_id = null',
}
