import type { AccountInput } from '@tenantry/contracts/accounts'
import type { ContactSummary, SilenceReason } from '@tenantry/contracts/contacts'
import type { Placement } from '@tenantry/contracts/data-source'
import { FleetDrift, type FleetHealth } from '@tenantry/contracts/fleet'
import type { ContractStatus } from '@tenantry/contracts/contracts'
import type { ForecastCategory } from '@tenantry/contracts/pipelines'
import type { QuoteStatus } from '@tenantry/contracts/quotes'
import type { Role } from '@tenantry/contracts/roles'
import type { TenantStatus } from '@tenantry/contracts/session'
import type { MemberStatus } from '@tenantry/contracts/tenants'

/* How the closed sets of the contracts are called on the screen. */

export const roleLabels: Record<Role, string> = {
  owner: 'Owner',
  admin: 'Admin',
  member: 'Member',
  read_only: 'Read only',
}
export const memberStatusLabels: Record<MemberStatus, string> = {
  active: 'Active',
  suspended: 'Suspended',
  removed: 'Removed',
}
export const tenantStatusLabels: Record<TenantStatus, string> = {
  active: 'Active',
  suspended: 'Suspended',
  archived: 'Closed',
}
export const accountKindLabels: Record<AccountInput['kind'], string> = { company: 'Company', person: 'Person' }
export const accountStatusLabels: Record<AccountInput['status'], string> = {
  active: 'Active',
  inactive: 'Inactive',
  blocked: 'Blocked',
}
export const contactStatusLabels: Record<ContactSummary['status'], string> = { active: 'Active', inactive: 'Inactive' }
export const silenceLabels: Record<SilenceReason, string> = { opted_out: 'Opted out', bounced: 'Mail came back' }
export const outcomeLabels: Record<'open' | 'won' | 'lost', string> = { open: 'Open', won: 'Won', lost: 'Lost' }
export const quoteStatusLabels: Record<QuoteStatus, string> = {
  draft: 'Draft',
  sent: 'Sent',
  viewed: 'Seen',
  accepted: 'Accepted',
  declined: 'Declined',
  superseded: 'Replaced',
  converted: 'Signed',
  withdrawn: 'Withdrawn',
}
export const contractStatusLabels: Record<ContractStatus, string> = {
  draft: 'Draft',
  sent: 'Sent',
  viewed: 'Seen',
  signed: 'Partly signed',
  completed: 'Signed',
  declined: 'Declined',
  voided: 'Void',
  expired: 'Expired',
}
export const forecastLabels: Record<ForecastCategory, string> = {
  omitted: 'Left out',
  pipeline: 'Pipeline',
  best_case: 'Best case',
  commit: 'Commit',
  closed: 'Closed',
}

export const placementLabels: Record<Placement, string> = { dedicated: 'Dedicated', shared: 'Shared' }
export const fleetHealthLabels: Record<FleetHealth, string> = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  behind: 'Behind',
  refused: 'Refused',
  unreachable: 'Unreachable',
  unchecked: 'Not checked',
}

export const fleetDriftLabels: Record<FleetDrift, string> = {
  drifted: 'Drifted',
  none: 'As migrated',
  uncompared: 'Not compared',
}
/** Of a word or a group. */
export function driftLabel(drift: string): string {
  const word = FleetDrift.safeParse(drift)
  return word.success ? fleetDriftLabels[word.data] : `Drift ${drift}`
}

/** A command as people say it: `tenant.create` is «Tenant create». */
export function runLabel(kind: string): string {
  const words = kind.replaceAll(/[._-]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A record of labels as options, in the order it was written. */
export function optionsOf<Value extends string>(labels: Record<Value, string>): { value: Value; label: string }[] {
  // The keys of a record written by us are exactly its declared ones.
  return (Object.keys(labels) as Value[]).map((value) => ({ value, label: labels[value] }))
}
