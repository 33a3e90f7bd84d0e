import type { Page } from '@tenantry/contracts/pages'
import type { TenantDb } from '../writer.ts'

/** The repositories that hold records with paged lists, archive and bin. A table of them that leaves one out does not compile. */
export type RecordRepository = {
  [Name in keyof TenantDb]: TenantDb[Name] extends { list: PagedList; count: unknown; archive: unknown } ? Name : never
}[keyof TenantDb]

type PagedList = (query: never) => Promise<Page<unknown>>
