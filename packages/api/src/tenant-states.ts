/**
 * Suspends and resumes tenants: in every process, and in their databases. That is work of the owner's side of a database,
 * which this package has no way to; whoever composes a server process brings it along.
 */
export interface TenantStates {
  change(change: {
    slug: string
    state: 'active' | 'suspended'
    /** As the journal names them. */
    startedBy: string
    /** Says it in the application database. */
    setStatus: () => Promise<void>
  }): Promise<{ /** Connections. */ ended: number }>
}
