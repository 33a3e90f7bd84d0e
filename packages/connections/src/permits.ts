/** What a pool asks before it opens a connection, when its server's connections are shared with other pools. */
export interface Permits {
  /** The pool exists, and may be asked to give up what it does not use. */
  join(pool: Sharing): void
  leave(pool: Sharing): void
  /** True when one more connection may be opened now. Otherwise `grow` is called when it is worth asking again. */
  take(pool: Sharing): boolean
  /** A connection that was taken is gone, as far as the server is concerned. */
  give(): void
  /** Whether a connection that has come back must be closed, because somebody else is to have it. */
  mustYield(pool: Sharing): boolean
}

/** A pool as those see it who decide about the connections of its server. */
export interface Sharing {
  /** Connections open or being opened. */
  readonly size: number
  /** When the connection that has rested longest came back; undefined when none rests. */
  readonly restingSince: number | undefined
  /** Since when somebody has been waiting for a connection; undefined when nobody is. */
  readonly waitingSince: number | undefined
  /** Opens connections for those who wait, as far as it is permitted. */
  grow(): void
  /** Closes the connection that has rested longest. */
  shed(): void
}
