import { z } from 'zod'
import { CustomValues } from './custom-values.ts'
import { UserId } from './ids.ts'
import { Instant, Version } from './scalars.ts'

/** What every setting of a company carries beside its own fields. */
export const settingEnvelope = {
  version: Version,
  createdAt: Instant,
  createdBy: UserId.nullable(),
  updatedAt: Instant,
  updatedBy: UserId.nullable(),
  archivedAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
}

/** The same of every business record, which has custom fields too. */
export const recordEnvelope = { ...settingEnvelope, custom: CustomValues }

/** Public data of a STALE_WRITE error: what somebody else changed since the version the writer started from. */
export const StaleWrite = z.object({
  currentVersion: Version,
  /** Fields changed since, with the value they have now, named as in the contract; a custom field is `custom.<key>`. */
  changed: z.record(z.string(), z.unknown()),
  changedBy: z.string().nullable(),
  changedAt: Instant,
})
export type StaleWrite = z.infer<typeof StaleWrite>

/** Steps in the life of a quote, contract or invoice. None of them can be undone. */
export const documentActions = [
  'sent',
  'viewed',
  'accepted',
  'declined',
  'superseded',
  'signed',
  'completed',
  'voided',
  'expired',
  'issued',
  'paid',
  'written_off',
  'converted',
  'withdrawn',
  'linked',
] as const

/** One line of a record's timeline. `diff` maps a field to its value before and after. */
export const RecordChange = z.object({
  id: z.string(),
  entity: z.string(),
  entityId: z.uuid(),
  action: z.enum([
    'created',
    'changed',
    'archived',
    'unarchived',
    'deleted',
    'restored',
    'moved',
    'undone',
    'merged',
    'booked',
    'released',
    ...documentActions,
  ]),
  diff: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
  versionAfter: Version.nullable(),
  actorId: UserId.nullable(),
  actorName: z.string().nullable(),
  actorKind: z.enum(['user', 'api_key', 'operator', 'system']),
  undoOf: z.string().nullable(),
  at: Instant,
})
export type RecordChange = z.infer<typeof RecordChange>
