'use client'

import type { FleetSummary } from '@tenantry/contracts/fleet'
import type { Dispatch } from 'react'
import type { ActiveFilter } from '../../components/list/list-toolbar.tsx'
import { Field } from '../../components/ui/field.tsx'
import { MultiSelect, Select } from '../../components/ui/select.tsx'
import {
  driftLabel,
  fleetDriftLabels,
  fleetHealthLabels,
  optionsOf,
  placementLabels,
  tenantStatusLabels,
} from '../../format/labels.ts'
import type { FleetState } from './fleet-state.ts'

type Change = Dispatch<Partial<{ [Key in keyof FleetState]: FleetState[Key] | null }>>

export function FleetFilters(props: { state: FleetState; onChange: Change; summary: FleetSummary | undefined }) {
  const { state, onChange, summary } = props
  const { regions = [], driftGroups = [] } = summary ?? {}
  return (
    <>
      <Field label="Status">
        {({ id }) => (
          <MultiSelect
            id={id}
            placeholder="Any"
            options={optionsOf(tenantStatusLabels)}
            value={state.status}
            onChange={(status) => onChange({ status })}
          />
        )}
      </Field>
      <Field label="Health">
        {({ id }) => (
          <Select
            id={id}
            options={[{ value: 'any', label: 'Any' }, ...optionsOf(fleetHealthLabels)]}
            value={state.health ?? 'any'}
            onChange={(health) => onChange({ health: health === 'any' ? null : health })}
          />
        )}
      </Field>
      <Field label="Placement">
        {({ id }) => (
          <Select
            id={id}
            options={[{ value: 'any', label: 'Any' }, ...optionsOf(placementLabels)]}
            value={state.placement ?? 'any'}
            onChange={(placement) => onChange({ placement: placement === 'any' ? null : placement })}
          />
        )}
      </Field>
      <Field label="Drift">
        {({ id }) => (
          <Select
            id={id}
            options={[
              { value: '', label: 'Any' },
              ...optionsOf(fleetDriftLabels),
              ...driftGroups.map(({ group, tenants }) => ({
                value: group,
                label: `${driftLabel(group)} (${tenants})`,
              })),
            ]}
            value={state.drift ?? ''}
            onChange={(drift) => onChange({ drift: drift === '' ? null : drift })}
          />
        )}
      </Field>
      <Field label="Region">
        {({ id }) => (
          <Select
            id={id}
            options={[{ value: '', label: 'Any' }, ...regions.map((region) => ({ value: region, label: region }))]}
            value={state.region ?? ''}
            onChange={(region) => onChange({ region: region === '' ? null : region })}
          />
        )}
      </Field>
    </>
  )
}

/** The filters that are set, in words. */
export function activeFleetFilters(state: FleetState, onChange: Change): ActiveFilter[] {
  const active: ActiveFilter[] = state.status.map((status) => ({
    label: tenantStatusLabels[status],
    clear: () => onChange({ status: state.status.filter((one) => one !== status) }),
  }))
  if (state.health !== null) {
    active.push({ label: fleetHealthLabels[state.health], clear: () => onChange({ health: null }) })
  }
  if (state.placement !== null) {
    active.push({ label: placementLabels[state.placement], clear: () => onChange({ placement: null }) })
  }
  if (state.drift !== null) {
    active.push({ label: driftLabel(state.drift), clear: () => onChange({ drift: null }) })
  }
  if (state.region !== null) {
    active.push({ label: `Region: ${state.region}`, clear: () => onChange({ region: null }) })
  }
  return active
}
