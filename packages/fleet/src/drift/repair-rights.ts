import type { Difference } from './differences.ts'
import { on, quote, type Place, type Step } from './repair-step.ts'

/** What the owner and everybody may: `table accounts to public` with a list of privileges. */
export function repairGrant({ name, expected, found }: Difference, { owner, database }: Place): Step[] | undefined {
  const at = name.lastIndexOf(' to ')
  const [object, grantee] = [objectOf(name.slice(0, at), database), name.slice(at + 4)]
  if (object === undefined) return undefined
  const role = grantee === 'public' ? 'public' : quote(owner)
  // The definitions of grants are lists of privileges.
  const [wanted, given] = [expected, found].map((list) => (list ?? []) as string[])
  const change = (verb: 'grant' | 'revoke', privileges: string[] | undefined): Step[] =>
    (privileges ?? []).map((privilege) => {
      const [word = '', option] = privilege.split(' with ')
      const sql =
        verb === 'grant'
          ? `grant ${object.privilege(word)} to ${role}${option ? ` with ${option}` : ''}`
          : `revoke ${object.privilege(word)} from ${role}`
      return { ...on(7.5, sql), by: object.by }
    })
  return [
    ...change(
      'revoke',
      given?.filter((privilege) => !wanted?.includes(privilege)),
    ),
    ...change(
      'grant',
      wanted?.filter((privilege) => !given?.includes(privilege)),
    ),
  ]
}

/** Takes back what a role has too much, and gives a tenant's role what all of them have. */
export function repairRole({ name, state, expected, found }: Difference, place: Place): Step[] | undefined {
  // The definitions of roles are lists of what they may.
  const [wanted, may] = [(expected ?? []) as string[], (found ?? []) as string[]]
  const role = quote(name)
  const surplus = may.filter((right) => !wanted.includes(right))
  const steps = surplus.map((right) => revocation(right, role, place))
  if (steps.includes(undefined)) return undefined
  const lacks = wanted.filter((right) => !may.includes(right))
  if (state === 'changed' && lacks.some((right) => !right.includes(' on '))) return undefined
  const renew = lacks.length === 0 ? [] : renewal(name, wanted)
  return [...steps.filter((step) => step !== undefined), ...renew]
}

/** By the procedure for its kind. A tenant that is suspended may read what it may read otherwise, and nothing else. */
function renewal(name: string, wanted: string[]): Step[] {
  const procedure = wanted.includes('EXECUTE on reads_only()') ? 'grant_reading_rights' : 'grant_serving_rights'
  const steps = [on(8, `call crm.${procedure}('${name.replaceAll("'", "''")}')`)]
  if (wanted.some((right) => right.startsWith('INSERT on '))) return steps
  return [...steps, on(8.1, `revoke insert, update, delete on all tables in schema crm from ${quote(name)}`)]
}

function revocation(right: string, role: string, { owner, database }: Place): Step | undefined {
  const byAdministrator = (sql: string): Step => ({ ...on(7.5, sql), by: 'administrator' })
  switch (right) {
    case 'become @owner':
      return byAdministrator(`revoke ${quote(owner)} from ${role}`)
    case 'inherits':
      return byAdministrator(`alter role ${role} noinherit`)
    case 'create databases':
      return byAdministrator(`alter role ${role} nocreatedb`)
    case 'replicate':
      return byAdministrator(`alter role ${role} noreplication`)
    case 'bypass row security':
      return byAdministrator(`alter role ${role} nobypassrls`)
  }
  const [, setting] = /^begins with ([^=]+)=/.exec(right) ?? []
  if (setting !== undefined)
    return byAdministrator(`alter role ${role} in database ${quote(database)} reset ${setting}`)
  const [, privilege, thing] = /^([A-Z]+) on (.+?)(?: with grant option)?$/.exec(right) ?? []
  if (privilege === undefined || thing === undefined) return undefined
  const object = objectOf(thing === 'schema' ? 'schema crm' : kindOfThing(thing), database)
  return object && on(7.5, `revoke ${object.privilege(privilege)} from ${role}`)
}

function kindOfThing(thing: string): string {
  if (thing.startsWith('type ')) return thing
  if (thing.endsWith(')')) return `function ${thing}`
  return thing.includes('.') ? `column ${thing}` : `table ${thing}`
}

interface GrantedObject {
  privilege: (word: string) => string
  by: Step['by']
}

/** `table accounts`, `column payments.note`, `function f(uuid)`, `type t`, `schema crm`, `database`. */
function objectOf(text: string, database: string): GrantedObject | undefined {
  const space = text.indexOf(' ')
  const [kind, name] = space < 0 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)]
  const onObject = (object: string): GrantedObject => ({ privilege: (word) => `${word} on ${object}`, by: 'owner' })
  switch (kind) {
    case 'table':
      return onObject(`crm.${quote(name)}`)
    case 'column': {
      const [table = '', column = ''] = name.split('.')
      return { privilege: (word) => `${word} (${quote(column)}) on crm.${quote(table)}`, by: 'owner' }
    }
    case 'function':
      return onObject(`routine crm.${name}`)
    case 'type':
      return onObject(`type crm.${quote(name)}`)
    case 'schema':
      return onObject('schema crm')
    case 'database':
      return { privilege: (word) => `${word} on database ${quote(database)}`, by: 'administrator' }
    default:
      return undefined
  }
}

/** What objects that are yet to be made will allow: `f`, or `r in crm`, with a list of grantees and privileges. */
export function repairDefaults(
  name: string,
  expected: string[] | undefined,
  found: string[] | undefined,
  owner: string,
): Step[] | undefined {
  const kind = defaults[name.charAt(0)]
  if (kind === undefined) return undefined
  const [wanted, given] = [expected ?? kind.builtIn, found ?? kind.builtIn]
  const where = name.endsWith(' in crm') ? ' in schema crm' : ''
  const change = (verb: string, joint: string, rights: string[]) =>
    rights.map((right) => {
      const at = right.lastIndexOf(' ')
      const [grantee, privilege] = [right.slice(0, at), right.slice(at + 1)]
      const role = grantee === 'public' ? grantee : quote(grantee === '@owner' ? owner : grantee)
      return on(7.5, `alter default privileges${where} ${verb} ${privilege} on ${kind.word} ${joint} ${role}`)
    })
  return [
    ...change(
      'revoke',
      'from',
      given.filter((right) => !wanted.includes(right)),
    ),
    ...change(
      'grant',
      'to',
      wanted.filter((right) => !given.includes(right)),
    ),
  ]
}

/** What Postgres allows by itself, in as far as it is more than the owner's. */
const defaults: Record<string, { word: string; builtIn: string[] }> = {
  r: { word: 'tables', builtIn: [] },
  S: { word: 'sequences', builtIn: [] },
  f: { word: 'functions', builtIn: ['@owner EXECUTE', 'public EXECUTE'] },
  T: { word: 'types', builtIn: ['@owner USAGE', 'public USAGE'] },
}
