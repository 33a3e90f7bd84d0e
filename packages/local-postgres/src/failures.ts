import { TenantryError } from '@tenantry/errors'

export type Reason =
  | 'port-taken'
  | 'disk-full'
  | 'no-permission'
  | 'no-folder'
  | 'already-running'
  | 'other-version'
  | 'unsupported-platform'
  | 'still-ending'
  | 'other'

/** Where it happened; appears in the sentence, because the person who reads it must act on that path or port. */
export interface FailurePlace {
  folder?: string
  port?: number
  log?: string
}

/** Turns what went wrong, a sentence or an error or the server's own words, into a sentence that says what to do. */
export function failed(cause: unknown, place: FailurePlace = {}): TenantryError {
  if (cause instanceof TenantryError) return cause
  const words = typeof cause === 'string' ? cause : cause instanceof Error ? cause.message : String(cause)
  const reason = reasonOf(words)
  return new TenantryError('LOCAL_POSTGRES_FAILED', {
    message: sentenceOf(reason, words, place),
    detail: { reason, ...place },
    ...(cause instanceof Error && { cause }),
  })
}

/** Reads the reason out of messages of initdb, postgres and the operating system; their locale is C. */
export function reasonOf(words: string): Reason {
  if (/pre-existing shared memory block .* is still in use/.test(words)) return 'still-ending'
  if (/Address already in use|EADDRINUSE/.test(words)) return 'port-taken'
  if (/could not bind .*Permission denied/s.test(words)) return 'no-permission'
  if (/No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/.test(words)) return 'disk-full'
  if (/lock file "postmaster.pid" already exists/.test(words)) return 'already-running'
  if (/database files are incompatible with server/.test(words)) return 'other-version'
  if (/unsupported platform/.test(words)) return 'unsupported-platform'
  if (/Permission denied|EACCES|EPERM|EROFS|Read-only file system|Operation not permitted/.test(words)) {
    return 'no-permission'
  }
  if (/\b(ENOENT|EEXIST|ENOTDIR)\b.*\bmkdir\b/.test(words)) return 'no-folder'
  return 'other'
}

function sentenceOf(reason: Reason, words: string, { folder, port, log }: FailurePlace): string {
  const where = folder ?? 'its folder'
  switch (reason) {
    case 'port-taken':
      return `Port ${port ?? ''} is already in use. Stop the program that listens there, or choose another port.`
    case 'disk-full':
      return `The disk is full: PostgreSQL needs about 100 MB in ${where}. Free some space and start again.`
    case 'no-permission':
      return `No permission to write to ${where}. Make it writable for this user, or choose a folder that is.`
    case 'no-folder':
      return `${where} cannot be made: a part of the path is not a folder, or its disk is read-only. Choose another.`
    case 'already-running':
      return `A server is already running on ${where}. Stop it first, for example with \`pnpm tenantry demo stop\`.`
    case 'other-version':
      return `${where} holds data of another PostgreSQL version. Remove it, or start with --reset, to begin anew.`
    case 'unsupported-platform':
      return (
        `There are no PostgreSQL binaries for ${process.platform}-${process.arch} here. ` +
        'Install without --no-optional, or set APP_DATABASE_URL to a PostgreSQL server of your own (15 or newer).'
      )
    case 'still-ending':
      return `The previous server on ${where} is still ending. Wait a few seconds and start again.`
    case 'other':
      return log === undefined ? words : `The local PostgreSQL server did not start. Its own words are in ${log}.`
  }
}
