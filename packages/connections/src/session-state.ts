/**
 * Errors after which a session that says it is idle is sound: the statement was refused (0A, 2x, 3x, 4x), resources ran
 * out for it alone (53, 54, 55), it was cancelled (57014), a foreign server (HV) or a trigger (P0) said no.
 */
const sound = /^(0A|2[0-8BF]|3[4BDF]|4[0248]|5[345]|57014|HV|P0)/

const staleRoutines = new Set(['RevalidateCachedQuery', 'FetchPreparedStatement', 'transformAssignedExpr'])
const leakyTags = /^(SET$|RESET|LISTEN|UNLISTEN|PREPARE|DISCARD|DEALLOCATE|LOAD|DECLARE|CREATE)/
/** A setting that says `true` last ends with its transaction. */
const leakyText =
  /\bset_config\s*\((?!\s*'[^']*'\s*,[^()',]*,\s*true\s*\))|\bpg_(try_)?advisory_lock|\b(create|into)\s+(local\s+|global\s+)?temp(orary)?\b|\bpg_temp\b/i

/** The connection may be pooled again after an error of this class. */
export function isSoundAfter(sqlstate: string): boolean {
  return sound.test(sqlstate)
}

/** Of the server's routine that reported an error: the plan of a prepared statement no longer fits the schema. */
export function meansStalePlan(routine: string | undefined): boolean {
  return routine !== undefined && staleRoutines.has(routine)
}

/** By command tag: what the command did may last beyond its transaction, and would meet the next user of the connection. */
export function outlivesTransaction(tag: string): boolean {
  return leakyTags.test(tag)
}

/** By text: what has the same effect under an innocent tag. May be wrong; that costs one connection. */
export function leavesSessionState(text: string): boolean {
  return leakyText.test(text)
}

/**
 * The settings a server reports by itself (search_path, TimeZone, default_transaction_read_only and others): it tells
 * their values at login and again whenever one changes, by whatever way it was changed.
 */
export class ReportedSettings {
  readonly #atLogin = new Map<string, string>()
  readonly #changed = new Set<string>()
  #complete = false

  /** From now on every other value is a change. */
  loginEnded(): void {
    this.#complete = true
  }

  reported(name: string, value: string): void {
    if (!this.#complete) this.#atLogin.set(name, value)
    else if (this.#atLogin.get(name) === value) this.#changed.delete(name)
    else this.#changed.add(name)
  }

  /** True while one has another value than at login. */
  get areChanged(): boolean {
    return this.#changed.size > 0
  }
}
