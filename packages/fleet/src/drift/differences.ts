import { isDeepStrictEqual } from 'node:util'
import type { Catalogue, CatalogueItem, RoleRights } from './fingerprint.ts'

/** One thing in which a database is not as its migrations make it. */
export interface Difference {
  kind: string
  /** Of the object; of a role, its name in this database. */
  name: string
  state: 'missing' | 'extra' | 'changed'
  /** As the migrations make it; undefined for what they do not make. */
  expected: unknown
  /** As it is; undefined for what is not there. */
  found: unknown
  /** «lacks the index accounts_by_name», the same words for every database that does. */
  words: string
  /** It comes with a whole table that is missing, and goes without saying. */
  isPart: boolean
}

/** What has to change in `found` to make it `expected`, in no particular order. */
export function differencesOf(expected: Catalogue, found: Catalogue): Difference[] {
  const differences = [
    ...objectDifferences(expected.items, found.items),
    ...roleDifferences(expected.roles, found.roles),
  ]
  return withoutParts(differences)
}

/** In the words a person is to read: what is a part of something larger is left out. */
export function wordsOf(differences: readonly Difference[]): string[] {
  return differences.filter(({ isPart }) => !isPart).map(({ words }) => words)
}

/**
 * What stands in a hand-made table goes with it; what a missing one has comes with it. Rights on what comes, goes or belongs
 * to somebody else are looked at again when it has come.
 */
function withoutParts(differences: Difference[]): Difference[] {
  const whole = (state: Difference['state']) =>
    new Set(differences.filter((one) => one.state === state && wholes.has(one.kind)).map(({ name }) => name))
  const [extra, missing] = [whole('extra'), whole('missing')]
  const displaced = new Set(differences.filter((one) => one.words.includes('owner')).map(({ name }) => name))
  return differences.flatMap((difference) => {
    const { kind, name } = difference
    if (kind === 'grant') {
      const object = /^\w+ (.*) to \S+$/.exec(name)?.[1] ?? ''
      const of = object.includes('(') ? object : (object.split('.')[0] ?? object)
      return extra.has(of) || missing.has(of) || displaced.has(of) ? [] : [difference]
    }
    if (wholes.has(kind) || kind === 'role') return [difference]
    const table = kind === 'index' ? tableOfIndex(difference) : (name.split('.')[0] ?? '')
    if (extra.has(table)) return []
    return [{ ...difference, isPart: missing.has(table) }]
  })
}

const wholes = new Set(['table', 'view', 'materialized view', 'sequence', 'function', 'type'])

function tableOfIndex({ expected, found }: Difference): string {
  const definition = expected ?? found
  return isRecord(definition) && typeof definition['table'] === 'string' ? definition['table'] : ''
}

function objectDifferences(expected: CatalogueItem[], found: CatalogueItem[]): Difference[] {
  const keyOf = ({ kind, name }: CatalogueItem) => `${kind} ${name}`
  const [wanted, given] = [expected, found].map((items) => new Map(items.map((item) => [keyOf(item), item])))
  const differences: Difference[] = []
  for (const key of new Set([...(wanted?.keys() ?? []), ...(given?.keys() ?? [])])) {
    const [should, is] = [wanted?.get(key), given?.get(key)]
    if (should && is && isDeepStrictEqual(should.definition, is.definition)) continue
    const { kind, name } = should ?? is ?? { kind: '', name: '' }
    const state = is === undefined ? 'missing' : should === undefined ? 'extra' : 'changed'
    const words = wordsFor(state, kind, name, changedParts(should?.definition, is?.definition))
    differences.push({ kind, name, state, expected: should?.definition, found: is?.definition, words, isPart: false })
  }
  return differences
}

function wordsFor(state: Difference['state'], kind: string, name: string, parts: string): string {
  switch (state) {
    case 'missing':
      return `lacks the ${kind} ${name}`
    case 'extra':
      return `has a hand-made ${kind} ${name}`
    case 'changed':
      return `has another ${kind} ${name}${parts}`
  }
}

/** Which parts of a definition differ: names only, a default may hold anything. */
function changedParts(expected: unknown, found: unknown): string {
  if (!isRecord(expected) || !isRecord(found)) return ''
  const parts = Object.keys(expected).filter((part) => !isDeepStrictEqual(expected[part], found[part]))
  return parts.length === 0 || parts.includes('is') ? '' : ` (${parts.join(', ')})`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A role is right when it may what one of the kinds of roles may; otherwise it is compared with the most similar kind. */
function roleDifferences(kinds: RoleRights[], found: RoleRights[]): Difference[] {
  return found.flatMap(({ role, may }) => {
    const ranked = kinds
      .map((kind) => ({ may: kind.may, lacks: minus(kind.may, may), has: minus(may, kind.may) }))
      .sort((one, other) => one.lacks.length + one.has.length - (other.lacks.length + other.has.length))
    const nearest = ranked[0]
    if (nearest === undefined || nearest.lacks.length + nearest.has.length === 0) return []
    // A role that has hardly anything of a tenant's is somebody else.
    const isTenants = nearest.lacks.length <= nearest.may.length / 2
    const expected = isTenants ? nearest.may : []
    const rights = isTenants ? may : may.filter((right) => right.includes(' on ') || right === 'become @owner')
    const lacks = isTenants && nearest.lacks.length > 0 ? ` may no longer ${listOf(nearest.lacks)}` : ''
    const has = minus(rights, expected)
    const can = has.length > 0 ? ` may ${listOf(has)}` : ''
    const who = isTenants ? 'a role of a tenant' : `the role ${role}`
    const words = `${who}${[lacks, can].filter((part) => part !== '').join(' and')}`
    return [
      {
        kind: 'role',
        name: role,
        state: isTenants ? 'changed' : 'extra',
        expected,
        found: rights,
        words,
        isPart: false,
      },
    ]
  })
}

function minus(one: string[], other: string[]): string[] {
  return one.filter((right) => !other.includes(right))
}

function listOf(rights: string[]): string {
  const shown = rights.slice(0, 3).join(', ')
  return rights.length > 3 ? `${shown} and ${rights.length - 3} more` : shown
}
