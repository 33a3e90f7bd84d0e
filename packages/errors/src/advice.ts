import type { ErrorCode } from './codes.ts'

/** What to do about a code, in the words of its page in `docs/errors`: a running process has no documents beside it. */
export function adviceFor(code: ErrorCode): string {
  return advice[code] ?? `See docs/errors/${code}.md.`
}

/** Of the codes that a connection to a tenant's database can end with, and of those that refuse to try one. */
export const advice: Partial<Record<ErrorCode, string>> = {
  TENANT_DATABASE_NOT_CONFIGURED: "Run `pnpm tenantry doctor`; provision the company's database.",
  TENANT_DATABASE_UNREACHABLE:
    'Run `pnpm tenantry tenant check <slug>`: it names the step that fails. The breaker tries again by itself.',
  TENANT_DATABASE_TIMEOUT: "Run `pnpm tenantry tenant check <slug>` and look at the server's activity.",
  TENANT_DATABASE_BUSY:
    "Try again after `retryAfterSeconds`. If it lasts, raise `max` in the company's `connection_pool_config` or find what holds connections.",
  TENANT_DATABASE_REFUSED:
    'Run `pnpm tenantry tenant check <slug>`; the password of the role and the sealed one differ, or the role may not connect.',
  TENANT_DATABASE_MISMATCH:
    "Treat it as an incident: compare the company's data source with the server (swapped address or credentials, a restored copy). `pnpm tenantry tenant check <slug>` shows both identities.",
  TENANT_SCHEMA_BEHIND:
    "Migrate the company's database with `pnpm tenantry fleet migrate`, then try again: nothing has to be restarted. `pnpm dev` migrates the demo's databases when it starts.",
  APP_DATABASE_UNAVAILABLE: 'Check the server behind `APP_DATABASE_URL`; `pnpm tenantry doctor` says what it finds.',
  CREDENTIAL_KEY_UNKNOWN: 'Put the old key back behind the primary one.',
  CREDENTIAL_WRONG_KEY: 'Restore the key the value was sealed with; never use an id twice.',
  CREDENTIAL_WRONG_TENANT: "Restore the tenant's own value. This is how a copied credential fails closed.",
  CREDENTIAL_WRONG_COLUMN: 'Restore each value into its own column.',
  CREDENTIAL_TAMPERED: 'Restore it from a backup or seal the credential again, and find out who can write to the row.',
  CREDENTIAL_FORMAT: 'Seal the credential again; it may have been stored in clear or cut off.',
  CREDENTIAL_VERSION: 'Run the version that sealed it, or a newer one.',
  CREDENTIAL_TAG: 'Seal the credential again.',
  CONFIGURATION_INVALID: 'Correct it; `.env.example` lists every setting with its meaning.',
  DATABASE_ERROR: 'Look up the SQLSTATE in the log line of the request id.',
  NOT_SIGNED_IN: 'Sign in again. If it happens to everybody at once, `SESSION_SECRET` has changed.',
  FORBIDDEN: 'Ask an owner or administrator of the company for another role.',
  NO_TENANT: 'Choose a company in the switcher. With none in the list, ask to be invited.',
  TENANT_ARCHIVED: 'An operator reopens it, or the member switches to another company.',
  INTERNAL: 'Find the log line with the request id.',
  TOO_MANY_REQUESTS:
    'Wait for `retryAfterSeconds`, then try again. Behind a proxy, set `TRUSTED_PROXY_HOPS` so that people do not share the address of the proxy.',
}
