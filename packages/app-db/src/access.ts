import type { Database, Executor } from '@tenantry/connections/database'

/** How a repository reaches the database: outside a transaction each write opens its own, inside all share one. */
export interface Access {
  readonly reader: Executor
  write<T>(work: (tx: Executor) => Promise<T>): Promise<T>
}

export function accessTo(database: Database): Access {
  return { reader: database.reader, write: (work) => database.transaction(work) }
}

export function accessWithin(tx: Executor): Access {
  return { reader: tx, write: (work) => work(tx) }
}
