import { Placement } from '@tenantry/contracts/data-source'
import { DriftGroup, FleetDrift, FleetHealth, FleetSort } from '@tenantry/contracts/fleet'
import { TenantStatus } from '@tenantry/contracts/session'
import {
  createLoader,
  createParser,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server'

export const fleetColumns = [
  'company',
  'status',
  'health',
  'placement',
  'region',
  'schemaVersion',
  'drift',
  'databaseBytes',
  'pool',
  'running',
  'checkedAt',
] as const

/** What a screen of ordinary width has room for; the others are a click away. */
const shown: (typeof fleetColumns)[number][] = [
  'status',
  'health',
  'region',
  'schemaVersion',
  'drift',
  'databaseBytes',
  'checkedAt',
]

/** One of three words, or a group; what is neither is no filter. */
const parseAsDrift = createParser({
  parse: (text) => FleetDrift.or(DriftGroup).safeParse(text).data ?? null,
  serialize: (drift: string) => drift,
})

/** The address of the fleet. */
export const fleetParsers = {
  search: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(FleetSort.options).withDefault('slug'),
  order: parseAsStringLiteral(['asc', 'desc'] as const).withDefault('asc'),
  columns: parseAsArrayOf(parseAsStringLiteral(fleetColumns)).withDefault(shown),
  status: parseAsArrayOf(parseAsStringLiteral(TenantStatus.options)).withDefault([]),
  placement: parseAsStringLiteral(Placement.options),
  region: parseAsString,
  health: parseAsStringLiteral(FleetHealth.options),
  drift: parseAsDrift,
}
export const loadFleet = createLoader(fleetParsers)
export type FleetState = inferParserType<typeof fleetParsers>

export const noFleetFilters = { status: null, placement: null, region: null, health: null, drift: null }

/** The same as the question to the API. */
export function fleetQuery({ search, sort, order, status, placement, region, health, drift }: FleetState) {
  return {
    sort,
    order,
    search: search.trim() === '' ? undefined : search.trim(),
    status: status.length === 0 ? undefined : status,
    placement: placement ?? undefined,
    region: region ?? undefined,
    health: health ?? undefined,
    drift: drift ?? undefined,
  }
}
