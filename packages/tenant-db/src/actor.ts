/** On whose behalf a handle writes; every row and every line of history remembers it. */
export interface Actor {
  /** The user's id where there is one; operators and jobs have none in a tenant's database. */
  id: string | null
  kind: 'user' | 'api_key' | 'operator' | 'system'
  requestId: string
}
