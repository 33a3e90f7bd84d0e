/** The connection is gone, by whatever cause. What a statement under way has done is not known. Stays in this package. */
export class LinkLost extends Error {
  /** Of the server's last words, when it had any: 57P01 when an administrator ended the session. */
  readonly sqlstate: string | undefined

  constructor(reason: string, sqlstate?: string) {
    super(reason)
    this.sqlstate = sqlstate
  }
}

/** We ended the connection because an answer did not come in time. */
export class DeadlinePassed extends LinkLost {}

/** We ended the connection because a callback held its transaction too long; that says nothing about the server. */
export class CallbackTooLong extends DeadlinePassed {}

/** We ended the connection because the server broke the protocol or a bound. Asking again would meet the same. */
export class Refused extends LinkLost {}

/**
 * The server refused a prepared statement that the schema has outgrown. The driver would send it again behind statements
 * that were to follow it, so the connection is given up instead; nothing of the statement has run.
 */
export class StalePlan extends LinkLost {}
