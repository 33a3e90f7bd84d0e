import { TenantryError } from '@tenantry/errors'
import type { Target } from './target.ts'

export interface SessionOptions {
  /** Longest run of one statement, enforced by the server. */
  statementMs: number
  /** False for administration. Default true: only BEGIN READ WRITE can write. */
  readOnly?: boolean
}

/** Fields of the startup message that are not settings, or that would set others behind our back. */
const fields = /^(user|database|options|replication|_pq_\..*)$/i

/** What only we decide. The server reads names without regard to case, and the last one wins. */
const ours = /^(application_name|client_encoding|timezone|datestyle|default_transaction_read_only)$/i

/**
 * The settings a session begins with, sent with the startup message. Throws CONFIGURATION_INVALID when the target's own
 * would say more than they may.
 */
export function sessionSettings(target: Target, options: SessionOptions): Record<string, string> {
  const settings = {
    // Postgres would cancel at the very moment; ours comes a little later, for the case that the server is gone.
    statement_timeout: String(options.statementMs),
    idle_in_transaction_session_timeout: '60000',
    ...target.startup,
    application_name: target.applicationName ?? 'tenantry',
    client_encoding: 'UTF8',
    TimeZone: 'UTC',
    DateStyle: 'ISO, YMD',
    default_transaction_read_only: options.readOnly === false ? 'off' : 'on',
  }
  const forbidden = Object.keys(target.startup ?? {}).find((name) => fields.test(name) || ours.test(name))
  if (forbidden !== undefined) throw invalid(`${forbidden} cannot be a setting of the session`)
  // Fields of the startup message end with a zero byte: one inside a value would begin another field.
  const values = [target.user, target.database, ...Object.entries(settings).flat()]
  if (values.some((value) => value.includes('\0'))) throw invalid('a field holds a zero byte')
  return settings
}

function invalid(reason: string): TenantryError {
  return new TenantryError('CONFIGURATION_INVALID', { detail: { reason } })
}
