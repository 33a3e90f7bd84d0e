import type { LegacyTable } from '../legacy/columns.ts'

/** Rows of the old tables that may have changed, by their ids. */
export class ChangedKeys {
  readonly #keys = new Map<LegacyTable, Set<string>>()
  readonly #shared = new Map<string, { table: LegacyTable; column: string; values: Set<string> }>()

  /** What follows from many rows at once has to be looked at too. */
  touchesWholes = false

  /** All rows of the table whose column has this value. */
  addSharing(table: LegacyTable, column: string, value: string): void {
    const shared = this.#shared.get(`${table}.${column}`) ?? { table, column, values: new Set() }
    shared.values.add(value)
    this.#shared.set(`${table}.${column}`, shared)
  }

  get sharing(): { table: LegacyTable; column: string; values: string[] }[] {
    return [...this.#shared.values()].map(({ values, ...where }) => ({ ...where, values: [...values] }))
  }

  add(table: LegacyTable, ids: Iterable<string>): void {
    const keys = this.#keys.get(table) ?? new Set()
    for (const id of ids) keys.add(id)
    if (keys.size > 0) this.#keys.set(table, keys)
  }

  addAll(other: ChangedKeys): void {
    for (const [table, ids] of other.#keys) this.add(table, ids)
    if (other.touchesWholes) this.touchesWholes = true
    for (const { table, column, values } of other.sharing) {
      for (const value of values) this.addSharing(table, column, value)
    }
  }

  /** Those of these rows that are not among the others. */
  without(others: ChangedKeys): ChangedKeys {
    const left = new ChangedKeys()
    for (const [table, ids] of this.#keys) {
      const known = others.#keys.get(table)
      left.add(table, known === undefined ? ids : [...ids].filter((id) => !known.has(id)))
    }
    return left
  }

  of(table: LegacyTable): string[] {
    return [...(this.#keys.get(table) ?? [])]
  }

  tables(): LegacyTable[] {
    return [...this.#keys.keys()]
  }

  get isEmpty(): boolean {
    return this.#keys.size === 0 && this.#shared.size === 0 && !this.touchesWholes
  }

  get size(): number {
    return [...this.#keys.values()].reduce((sum, keys) => sum + keys.size, 0)
  }
}

/** A list of ids as SQL; they are UUIDs as Postgres printed them. */
export function uuidArray(ids: readonly string[]): string {
  return `'{${ids.join(',')}}'::uuid[]`
}
