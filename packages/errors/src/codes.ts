/**
 * Every way Tenantry can say no. A code is stable: clients, runbooks and `docs/errors/<CODE>.md` refer to it.
 * `message` is the public sentence used when the thrower gives none; it never contains data.
 */
export const errorCodes = {
  // what the caller sent
  BAD_INPUT: { status: 400, message: 'The request is not valid.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Send the request as application/json.' },
  METHOD_NOT_ALLOWED: { status: 405, message: 'This procedure is called with the other HTTP method.' },
  BATCH_TOO_LARGE: { status: 413, message: 'Too many calls in one request.' },
  REQUEST_TOO_LARGE: { status: 413, message: 'The request is too large.' },
  CROSS_SITE_REQUEST: { status: 403, message: 'The request came from another site and was refused.' },
  TOO_MANY_REQUESTS: { status: 429, message: 'Too many requests of this kind. Wait a little and try again.' },
  PROCEDURE_NOT_FOUND: { status: 404, message: 'There is no such procedure.' },

  // who the caller is and what they may do
  NOT_SIGNED_IN: { status: 401, message: 'Sign in to continue.' },
  SIGN_IN_FAILED: { status: 401, message: 'The e-mail address or the password is wrong.' },
  SIGN_IN_THROTTLED: { status: 429, message: 'Too many attempts. Wait a little and try again.' },
  INVITATION_INVALID: {
    status: 404,
    message: 'This invitation was used, was replaced or is too old. Ask for a new one.',
  },
  NO_TENANT: { status: 403, message: 'Choose a company to work in.' },
  TENANT_CHANGED: { status: 409, message: 'You have switched to another company in the meantime. Reload the page.' },
  TENANT_SUSPENDED: { status: 403, message: 'This company is suspended: its data can be read but not changed.' },
  TENANT_ARCHIVED: { status: 403, message: 'This company is closed.' },
  FORBIDDEN: { status: 403, message: 'Your role does not allow this.' },
  SUPPORT_ACCESS_ENDED: { status: 403, message: 'Your support access to this company is over.' },
  PAYMENT_PROVIDER_FAILED: {
    status: 503,
    message: 'The payment could not be carried out at the moment. Try again: nothing is charged twice.',
  },
  INBOUND_REFUSED: {
    status: 401,
    message: 'There is no such address for messages, or this delivery is not signed for it.',
  },
  LINK_NOT_VALID: { status: 404, message: 'This link is not valid or has expired.' },
  GRANT_REFUSED: { status: 403, message: 'Access to this company could not be confirmed.' },

  // the record
  NOT_FOUND: { status: 404, message: 'There is no such record.' },
  STALE_WRITE: { status: 409, message: 'Somebody else changed this record in the meantime.' },
  CONFLICT: { status: 409, message: 'This clashes with a record that already exists.' },
  RULE_VIOLATED: { status: 422, message: 'The change breaks a rule of this record.' },

  // files
  FILE_NOT_STORED: { status: 404, message: 'The file itself is missing, although the record is there.' },
  FILE_STORE_UNAVAILABLE: { status: 503, message: 'Files cannot be reached at the moment. Try again in a moment.' },
  DOCUMENTS_BUSY: { status: 503, message: 'Many documents are being drawn at the moment. Try again in a moment.' },

  IMPORT_FILE_INVALID: { status: 422, message: 'This file cannot be read as rows of a table.' },

  // the tenant's database
  TENANT_DATABASE_NOT_CONFIGURED: { status: 503, message: "This company's database is not set up yet." },
  TENANT_DATABASE_UNREACHABLE: { status: 503, message: "This company's database cannot be reached at the moment." },
  TENANT_DATABASE_TIMEOUT: { status: 503, message: "This company's database did not answer in time." },
  TENANT_DATABASE_BUSY: { status: 503, message: "This company's database is busy. Try again in a moment." },
  TENANT_DATABASE_REFUSED: { status: 503, message: "This company's database refused our login." },
  TENANT_DATABASE_MISMATCH: {
    status: 503,
    message: "The database reached is not this company's database. Nothing was read or written.",
  },
  TENANT_DATABASE_MOVED: {
    status: 503,
    message: "This company's data has just moved to another database. Nothing was saved. Try again in a moment.",
  },
  TENANT_SCHEMA_BEHIND: {
    status: 503,
    message: "This company's database has not been updated to the version this needs.",
  },
  HANDLE_CLOSED: { status: 500, message: 'A database handle was used after its work had ended.' },

  // any database
  APP_DATABASE_UNAVAILABLE: { status: 503, message: 'The service is temporarily unavailable.' },
  CONNECTION_LOST: { status: 503, message: 'The connection to the database was lost.' },
  CONNECTION_REFUSED: { status: 503, message: 'The database could not be reached.' },
  DATABASE_BUSY: { status: 503, message: 'No database connection became free in time.' },
  STATEMENT_TIMEOUT: { status: 503, message: 'The database did not answer in time.' },
  TRANSACTION_ROLLED_BACK: { status: 500, message: 'The change was not saved.' },
  COMMIT_UNKNOWN: {
    status: 503,
    message: 'The connection was lost while saving. Check whether the change was saved before trying again.',
  },
  DATABASE_ERROR: { status: 500, message: 'The database reported an error.' },

  // credentials
  CREDENTIAL_KEY_INVALID: { status: 500, message: 'An encryption key is not usable.' },
  CREDENTIAL_KEY_UNKNOWN: {
    status: 500,
    message: 'A stored credential is sealed under a key that is not in the keyring.',
  },
  CREDENTIAL_FORMAT: { status: 500, message: 'A stored credential is not in a known format.' },
  CREDENTIAL_VERSION: { status: 500, message: 'A stored credential has an unknown format version.' },
  CREDENTIAL_WRONG_KEY: { status: 500, message: 'A stored credential does not open with the key it names.' },
  CREDENTIAL_WRONG_TENANT: { status: 500, message: 'A stored credential belongs to another tenant.' },
  CREDENTIAL_WRONG_COLUMN: { status: 500, message: 'A stored credential belongs to another column.' },
  CREDENTIAL_TAG: { status: 500, message: 'A stored credential has an authentication tag of the wrong length.' },
  CREDENTIAL_IN_USE: { status: 409, message: 'The old login of this tenant is still in use.' },
  CREDENTIAL_TAMPERED: { status: 500, message: 'A stored credential has been altered.' },

  // operating the system
  CONFIGURATION_INVALID: { status: 500, message: 'The configuration is not valid.' },
  MIGRATION_EDITED: { status: 500, message: 'A migration that was already applied has been edited.' },
  MIGRATION_OUT_OF_ORDER: { status: 500, message: 'A migration is older than the newest one already applied.' },
  MIGRATION_FAILED: { status: 500, message: 'A migration failed and was rolled back.' },
  MIGRATION_LOCKED: { status: 503, message: 'Another run is migrating this database at the moment.' },
  RUN_IN_PROGRESS: { status: 409, message: 'This is being done already. Wait until it ends.' },
  RUN_INTERRUPTED: {
    status: 409,
    message: 'Stopped as asked, after the step that was at work. Run the same command again to go on.',
  },
  RUN_TAKEN_OVER: { status: 409, message: 'Another process has taken over this run.' },
  TRANSFER_PLAN_INCOMPLETE: { status: 500, message: 'The old tables hold something the transfer has no decision for.' },
  TRANSFER_INCOMPLETE: { status: 500, message: 'Rows are missing or differ; nothing was switched over.' },
  TRANSFER_PAUSE_OVER: { status: 503, message: 'The pause ended before the switch; the old system goes on.' },
  TRANSFER_RUNNING: { status: 503, message: 'Another process is moving this company at the moment.' },
  TRANSFER_COMPANY_CHANGED: { status: 409, message: 'This company has been changed since it moved in.' },
  DRIFT_REPAIR_FAILED: { status: 500, message: 'The schema of a database could not be repaired.' },
  LOCAL_POSTGRES_FAILED: { status: 500, message: 'The local PostgreSQL server could not be started.' },
  INTERNAL: { status: 500, message: 'Something went wrong on our side.' },
} as const satisfies Record<string, { status: number; message: string }>

export type ErrorCode = keyof typeof errorCodes

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCodes, value)
}
