import { z } from 'zod'
import { Placement, DataSourceView } from './data-source.ts'
import { DataSourceHealth, DataSourceState, HealthFinding } from './data-source-health.ts'
import { Cursor, PageSize, SortOrder } from './pages.ts'
import { Instant } from './scalars.ts'
import { TenantStatus } from './session.ts'
import { SupportAccess } from './support.ts'
import { AuditListQuery, Slug, TenantSettings } from './tenants.ts'

/** As it was when it was last looked at; `unchecked` until somebody did. */
export const FleetHealth = z.enum([...DataSourceState.options, 'unchecked'])
export type FleetHealth = z.infer<typeof FleetHealth>

/** How a schema compares with what its migrations make, as `fleet diff` or `fleet repair` last found. */
export const SchemaComparison = z.object({
  comparedAt: Instant,
  schemaVersion: z.string(),
  /** Databases that differ in the same things have the same; null for one that is as migrated. */
  driftGroup: z.string().nullable(),
  /** In words. */
  differences: z.array(z.string()),
})
export type SchemaComparison = z.infer<typeof SchemaComparison>

/** How the last comparison of its schema came out; `uncompared` until somebody has compared. */
export const FleetDrift = z.enum(['drifted', 'none', 'uncompared'])
export type FleetDrift = z.infer<typeof FleetDrift>

/** Of those that differ in the same things. */
export const DriftGroup = z.string().regex(/^[0-9a-f]{8}$/)

/** A tenant as operators see it: where it lives and how it is, and nothing of its business. */
export const FleetTenant = TenantSettings.pick({ id: true, slug: true, name: true, status: true }).extend({
  placement: Placement.nullable(),
  region: z.string().nullable(),
  health: DataSourceHealth.nullable(),
  /** Null until somebody has compared. */
  comparison: SchemaComparison.nullable(),
  /** A command at work on the tenant. */
  running: z.object({ kind: z.string(), startedAt: Instant }).nullable(),
  /** Of a company that moves in from an older system, or has. */
  transfer: z.object({ state: z.enum(['copying', 'paused', 'moved']), startedAt: Instant }).nullable(),
  /** Connections of the process that answers; null while it has none to the tenant. */
  pool: DataSourceView.shape.pool,
})
export type FleetTenant = z.infer<typeof FleetTenant>

/** A long command: one row for each time somebody set out to do something. */
export const FleetRun = z.object({
  id: z.string(),
  kind: z.string(),
  /** A slug, the name of a campaign; empty where there is only one at a time. */
  subject: z.string(),
  tenantId: z.string().nullable(),
  status: z.enum(['running', 'done', 'partly_failed', 'failed', 'interrupted']),
  /** Says that it runs and has not been heard of for too long. */
  isStale: z.boolean(),
  attempts: z.int(),
  startedBy: z.string(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  /** How many steps are in each state. */
  units: z.partialRecord(z.string(), z.int()),
})
export type FleetRun = z.infer<typeof FleetRun>

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
export const FleetSummary = z.object({
  tenants: z.int(),
  byHealth: z.record(FleetHealth, z.int()),
  byStatus: z.record(TenantStatus, z.int()),
  bySchemaVersion: z.array(z.object({ version: z.string(), tenants: z.int() })),
  /** The largest first. */
  driftGroups: z.array(z.object({ group: z.string(), tenants: z.int() })),
  regions: z.array(z.string()),
})
export type FleetSummary = z.infer<typeof FleetSummary>

export const FleetTenantDetails = FleetTenant.extend({
  trade: z.string(),
  createdAt: Instant,
  members: z.int(),
  /** Where requests go; never a password. */
  address: z
    .object({ host: z.string(), port: z.int(), database: z.string(), role: z.string(), tls: z.string() })
    .nullable(),
  dataSourceVersion: z.int(),
  /** Whether the tenant has a login that can only read; support access needs one. */
  hasSupportLogin: z.boolean(),
  /** `isMine`: of the operator who asks, who may work by it while it is live. */
  support: z.array(SupportAccess.extend({ isMine: z.boolean() })),
})
export type FleetTenantDetails = z.infer<typeof FleetTenantDetails>

/** Connections that were ended when the status changed. */
export const TenantStatusChange = z.object({ ended: z.int() })

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
export const FleetConnection = DataSourceView.pick({ test: true, breaker: true, pool: true }).extend({
  finding: HealthFinding,
})
export type FleetConnection = z.infer<typeof FleetConnection>
