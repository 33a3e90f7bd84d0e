export interface Step {
  sql: string
  /** What depends goes before what it depends on, and comes back after it: 0 to 2 takes away, 3 to 8 puts there. */
  phase: number
  /** Rows are lost with it. */
  destroys: boolean
  /** Who can: the owner of the schema, or only somebody who administers the server. */
  by: 'owner' | 'administrator'
}

/** Names that a definition leaves open. */
export interface Place {
  owner: string
  database: string
}

export function on(phase: number, sql: string): Step {
  return { sql, phase, destroys: false, by: 'owner' }
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** `accounts.name` as a table of the schema and something of its own. A table's name has no dot in this schema. */
export function own(name: string): { table: string; part: string } {
  const dot = name.indexOf('.')
  return { table: `crm.${quote(name.slice(0, dot))}`, part: quote(name.slice(dot + 1)) }
}
