import { z } from 'zod'
import { Placement, type DataSourceView } from './data-source.ts'
import { DataSourceState, type DataSourceHealth, type HealthFinding } from './data-source-health.ts'
import { Cursor, PageSize, SortOrder } from './pages.ts'
import { TenantStatus } from './session.ts'
import type { SupportAccess } from './support.ts'
import { AuditListQuery, Slug, type TenantSettings } from './tenants.ts'

/** As it was when it was last looked at; `unchecked` until somebody did. */
export const FleetHealth = z.enum([...DataSourceState.options, 'unchecked'])
export type FleetHealth = z.infer<typeof FleetHealth>

/** How a schema compares with what its migrations make, as `fleet diff` or `fleet repair` last found. */
export interface SchemaComparison {
  comparedAt: string
  schemaVersion: string
  /** Databases that differ in the same things have the same; null for one that is as migrated. */
  driftGroup: string | null
  /** In words. */
  differences: string[]
}

/** How the last comparison of its schema came out; `uncompared` until somebody has compared. */
export const FleetDrift = z.enum(['drifted', 'none', 'uncompared'])
export type FleetDrift = z.infer<typeof FleetDrift>

/** Of those that differ in the same things. */
export const DriftGroup = z.string().regex(/^[0-9a-f]{8}$/)

/** A tenant as operators see it: where it lives and how it is, and nothing of its business. */
export interface FleetTenant extends Pick<TenantSettings, 'id' | 'slug' | 'name' | 'status'> {
  placement: Placement | null
  region: string | null
  health: DataSourceHealth | null
  /** Null until somebody has compared. */
  comparison: SchemaComparison | null
  /** A command at work on the tenant. */
  running: { kind: string; startedAt: string } | null
  /** Of a company that moves in from an older system, or has. */
  transfer: { state: 'copying' | 'paused' | 'moved'; startedAt: string } | null
  /** Connections of the process that answers; null while it has none to the tenant. */
  pool: DataSourceView['pool']
}

/** A long command: one row for each time somebody set out to do something. */
export interface FleetRun {
  id: string
  kind: string
  /** A slug, the name of a campaign; empty where there is only one at a time. */
  subject: string
  tenantId: string | null
  status: 'running' | 'done' | 'partly_failed' | 'failed' | 'interrupted'
  /** Says that it runs and has not been heard of for too long. */
  isStale: boolean
  attempts: number
  startedBy: string
  startedAt: string
  finishedAt: string | null
  /** How many steps are in each state. */
  units: Partial<Record<string, number>>
}

/** The latest of one tenant, or of all. */
export const FleetRunsQuery = z.strictObject({ slug: Slug.optional() })

export const FleetSort = z.enum(['slug', 'name', 'region', 'schemaVersion', 'databaseBytes', 'checkedAt'])
export type FleetSort = z.infer<typeof FleetSort>

export const FleetQuery = z.object({
  search: z.string().trim().max(200).optional(),
  status: z.array(TenantStatus).max(3).optional(),
  placement: Placement.optional(),
  region: z.string().max(80).optional(),
  health: FleetHealth.optional(),
  drift: FleetDrift.or(DriftGroup).optional(),
  sort: FleetSort.default('slug'),
  order: SortOrder.default('asc'),
  cursor: Cursor.nullish(),
  limit: PageSize.default(50),
})
export type FleetQuery = z.infer<typeof FleetQuery>

/** How the fleet is as a whole, and what it can be narrowed to. */
export interface FleetSummary {
  tenants: number
  byHealth: Record<FleetHealth, number>
  byStatus: Record<TenantStatus, number>
  bySchemaVersion: { version: string; tenants: number }[]
  /** The largest first. */
  driftGroups: { group: string; tenants: number }[]
  regions: string[]
}

export interface FleetTenantDetails extends FleetTenant {
  trade: string
  createdAt: string
  members: number
  /** Where requests go; never a password. */
  address: { host: string; port: number; database: string; role: string; tls: string } | null
  dataSourceVersion: number
  /** Whether the tenant has a login that can only read; support access needs one. */
  hasSupportLogin: boolean
  /** `isMine`: of the operator who asks, who may work by it while it is live. */
  support: (SupportAccess & { isMine: boolean })[]
}

export const TenantRef = z.strictObject({ slug: Slug })
/** The slug is typed by hand once more. */
export const TenantStatusInput = z.strictObject({
  slug: Slug,
  status: TenantStatus.exclude(['archived']),
  confirmation: z.string().max(40),
})
export type TenantStatusInput = z.infer<typeof TenantStatusInput>

export const TenantAuditQuery = AuditListQuery.extend(TenantRef.shape)
export type TenantAuditQuery = z.infer<typeof TenantAuditQuery>

/** A look just taken, step by step, with what this process keeps of the tenant. */
export type FleetConnection = Pick<DataSourceView, 'test' | 'breaker' | 'pool'> & { finding: HealthFinding }
