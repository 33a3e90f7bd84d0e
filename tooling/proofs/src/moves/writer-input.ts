/** What a writing process is told by the one that starts it. */
export interface WriterInput {
  /** As the application's own role. */
  appDatabaseUrl: string
  keys: string
  sessionId: string
  name: string
  /** A process whose listener is dead hears no notification. */
  listener: 'alive' | 'dead'
  pollEveryMs: number
}

/** What it answers when it is told to end. */
export interface WriterFigures {
  /** Ids of the accounts whose creation was acknowledged. */
  saved: string[]
  /** Refusals by code. */
  refused: Record<string, number>
  /** Unix milliseconds of the last acknowledged write. */
  lastSavedAt: number
}

export const inputVariable = 'TENANTRY_MOVES_WRITER'
