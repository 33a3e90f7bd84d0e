/**
 * Errors after which a session that says it is idle is sound: the statement was refused (0A, 2x, 3x, 4x), resources ran
 * out for it alone (53, 54, 55), it was cancelled (57014), a foreign server (HV) or a trigger (P0) said no.
 */
const sound = /^(0A|2[0-8BF]|3[4BDF]|4[0248]|5[345]|57014|HV|P0)/

const staleRoutines = new Set(['RevalidateCachedQuery', 'FetchPreparedStatement', 'transformAssignedExpr'])
const leakyTags = /^(SET$|RESET|LISTEN|UNLISTEN|PREPARE|DISCARD|DEALLOCATE|LOAD|DECLARE)/
const leakyText = /\bset_config\s*\(|\bpg_(try_)?advisory_lock/i

/** The connection may be pooled again after an error of this class. */
export function isSoundAfter(sqlstate: string): boolean {
  return sound.test(sqlstate)
}

/** Of the server's routine that reported an error: the plan of a prepared statement no longer fits the schema. */
export function meansStalePlan(routine: string | undefined): boolean {
  return routine !== undefined && staleRoutines.has(routine)
}

/** By command tag: what the command did lasts beyond its transaction, and would meet the next user of the connection. */
export function outlivesTransaction(tag: string): boolean {
  return leakyTags.test(tag)
}

/** By text: functions with the same effect, whose tag is only SELECT. May be wrong; that costs one connection. */
export function leavesSessionState(text: string): boolean {
  return leakyText.test(text)
}
