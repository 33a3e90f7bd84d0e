import journal from '../migrations/meta/_journal.json' with { type: 'json' }

/** The tag of the newest migration of this release, whose statements are written for it. Tags begin with their number. */
const neededVersion = journal.entries.at(-1)?.tag ?? ''

/** Whether the application database lacks a migration of this release. One that is ahead is not behind. */
export function isBehind(version: string | undefined): boolean {
  return version === undefined || version < neededVersion
}
