/** What `catalogueQuery` says about each kind of object, as far as a repair needs it. */
export interface Definitions {
  table: { rowSecurity: boolean; forced: boolean; persistence: string; options: string[] | null; owner: string }
  view: { query: string; options: string[] | null; owner: string }
  'materialized view': { query: string; options: string[] | null; owner: string }
  sequence: {
    type: string
    /** Up to 2^63, so as text. */
    start: string
    increment: string
    min: string
    max: string
    cache: string
    cycle: boolean
    owner: string
  }
  column: {
    type: string
    notNull: boolean
    default: string | null
    /** `s` stored, `v` virtual, '' not generated. */
    generated: string
    /** `a` always, `d` by default, '' none. */
    identity: string
    collation: string | null
  }
  constraint: { type: 'p' | 'u' | 'x' | 'c' | 'f'; is: string }
  index: { table: string; is: string; valid: boolean }
  trigger: { is: string; enabled: string }
  'disabled check': { enabled: string[] }
  rule: { is: string; enabled: string }
  policy: {
    permissive: boolean
    /** `r` select, `a` insert, `w` update, `d` delete, `*` all. */
    for: string
    to: string[]
    using: string | null
    check: string | null
  }
  function: { is: string; kind: string; owner: string }
  type: {
    /** `e` enum, `d` domain, `c` composite, `r` range. */
    kind: string
    labels: string[] | null
    fields: string[] | null
    base: string | null
    notNull: boolean
    default: string | null
    checks: Record<string, string> | null
    owner: string
  }
  grant: string[]
  'default privilege': string[]
  role: string[]
}

export type Kind = keyof Definitions
