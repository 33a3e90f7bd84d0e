/** The types of what procedures stand on, in one place. Types only: nothing here can open or unwrap anything. */
export type {
  AppDb,
  HealthRepository,
  KeyHolder,
  OpenedInbound,
  OpenedFeed,
  OpenedLink,
  OperatorDb,
  OperatorPass,
} from '@tenantry/app-db/types'
export type { Auth, SignedIn } from '@tenantry/auth'
export type { CalendarDate, DataSources, TenantDb, TenantGrant, TenantReader } from '@tenantry/data-sources'
export type { FileStore, TenantFiles } from '@tenantry/files/store'
export type { Logger } from '@tenantry/telemetry/logger'
export type { Reading, Writing } from '@tenantry/data-sources'
