/** The types of the handles. Types only: outside this package nobody can construct, extend or unwrap a handle. */
export type { Actor } from './actor.ts'
export type { TenantReader } from './reader.ts'
export type { TenantDb } from './writer.ts'
export type { Found, Named } from './imports/lookups.ts'
export type { ImportWork } from './imports/repository.ts'
export type { PendingRow, StoredBatch } from './imports/rows.ts'
export type { Counts, SettledRow } from './imports/settle.ts'
export type { CalendarDate } from './event-dates/calendar.ts'
