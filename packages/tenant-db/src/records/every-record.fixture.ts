import type { TenantDb } from '../writer.ts'

/** The repositories that hold records with paged lists, archive and bin. A table of them that leaves one out does not compile. */
export type RecordRepository = {
  [Name in keyof TenantDb]: TenantDb[Name] extends { list: unknown; count: unknown; archive: unknown } ? Name : never
}[keyof TenantDb]
