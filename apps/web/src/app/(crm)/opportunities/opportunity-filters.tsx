'use client'

import { skipToken, useQuery } from '@tanstack/react-query'
import type { Dispatch } from 'react'
import { CustomFilters } from '../../../components/custom-fields/custom-filters.tsx'
import { useActiveCustomFilters } from '../../../components/custom-fields/use-active-custom-filters.ts'
import { ContactPicker } from '../../../components/form/contact-picker.tsx'
import type { ActiveFilter } from '../../../components/list/list-toolbar.tsx'
import { AccountFilter } from '../../../components/list/account-filter.tsx'
import { OwnerFilter } from '../../../components/list/owner-filter.tsx'
import { usePeople } from '../../../components/shell/use-people.ts'
import { useTenantFormat } from '../../../components/shell/use-session.ts'
import { Field } from '../../../components/ui/field.tsx'
import { Input } from '../../../components/ui/input.tsx'
import { MultiSelect, Select } from '../../../components/ui/select.tsx'
import { formatDate } from '../../../format/dates.ts'
import { optionsOf, outcomeLabels } from '../../../format/labels.ts'
import { useTRPC } from '../../../trpc/client.tsx'
import type { OpportunityListState } from './opportunity-list-state.ts'
import { usePipelines } from './use-pipelines.ts'

type Change = Dispatch<Partial<{ [Key in keyof OpportunityListState]: OpportunityListState[Key] | null }>>

export function OpportunityFilters({ state, onChange }: { state: OpportunityListState; onChange: Change }) {
  const pipelines = usePipelines()
  const shown = pipelines.filter((one) => state.pipeline === null || one.id === state.pipeline)
  const stages = shown.flatMap((pipeline) =>
    pipeline.stages.map((stage) => ({
      value: stage.id,
      label: shown.length > 1 ? `${pipeline.name}: ${stage.name}` : stage.name,
    })),
  )
  return (
    <>
      <Field label="Outcome">
        {({ id }) => (
          <Select
            id={id}
            options={[{ value: 'any', label: 'Any' }, ...optionsOf(outcomeLabels)]}
            value={state.outcome ?? 'any'}
            onChange={(outcome) => onChange({ outcome: outcome === 'any' ? null : outcome })}
          />
        )}
      </Field>
      {pipelines.length > 1 && (
        <Field label="Pipeline">
          {({ id }) => (
            <Select
              id={id}
              options={[
                { value: 'any', label: 'Any' },
                ...pipelines.map((one) => ({ value: one.id, label: one.name })),
              ]}
              value={state.pipeline ?? 'any'}
              onChange={(chosen) =>
                onChange({ pipeline: pipelines.find((one) => one.id === chosen)?.id ?? null, stage: null })
              }
            />
          )}
        </Field>
      )}
      <Field label="Stage">
        {({ id }) => (
          <MultiSelect
            id={id}
            placeholder="Any"
            options={stages}
            value={state.stage}
            onChange={(stage) => onChange({ stage })}
          />
        )}
      </Field>
      <AccountFilter value={state.account} onChange={(account) => onChange({ account })} />
      <Field label="Contact">
        {({ id }) => (
          <ContactPicker
            id={id}
            placeholder="Any"
            accountId={state.account}
            value={state.contact}
            onChange={(contact) => onChange({ contact })}
          />
        )}
      </Field>
      <OwnerFilter value={state.owner} onChange={(owner) => onChange({ owner })} />
      <div className="grid grid-cols-2 gap-2">
        <Field label="Closes from">
          {({ id }) => (
            <Input
              id={id}
              type="date"
              value={state.from ?? ''}
              onChange={(event) => onChange({ from: event.target.value || null })}
            />
          )}
        </Field>
        <Field label="Closes until">
          {({ id }) => (
            <Input
              id={id}
              type="date"
              value={state.until ?? ''}
              onChange={(event) => onChange({ until: event.target.value || null })}
            />
          )}
        </Field>
      </div>
      <CustomFilters entity="opportunity" value={state.custom} onChange={(custom) => onChange({ custom })} />
    </>
  )
}

/** The filters that are set, in words. */
export function useActiveOpportunityFilters(state: OpportunityListState, onChange: Change): ActiveFilter[] {
  const custom = useActiveCustomFilters('opportunity', state.custom, (next) => onChange({ custom: next }))
  const trpc = useTRPC()
  const { locale } = useTenantFormat()
  const pipelines = usePipelines()
  const owner = usePeople().find((one) => one.userId === state.owner)
  const account = useQuery(trpc.accounts.byId.queryOptions(state.account === null ? skipToken : { id: state.account }))
  const contact = useQuery(trpc.contacts.byId.queryOptions(state.contact === null ? skipToken : { id: state.contact }))
  const stages = pipelines.flatMap((one) => one.stages)
  const active: ActiveFilter[] = []
  if (state.outcome !== null) {
    active.push({ label: outcomeLabels[state.outcome], clear: () => onChange({ outcome: null }) })
  }
  if (state.pipeline !== null) {
    const pipeline = pipelines.find((one) => one.id === state.pipeline)
    active.push({ label: pipeline?.name ?? '…', clear: () => onChange({ pipeline: null }) })
  }
  for (const id of state.stage) {
    active.push({
      label: `Stage: ${stages.find((one) => one.id === id)?.name ?? '…'}`,
      clear: () => onChange({ stage: state.stage.filter((one) => one !== id) }),
    })
  }
  if (state.account !== null) {
    active.push({ label: `Account: ${account.data?.name ?? '…'}`, clear: () => onChange({ account: null }) })
  }
  if (state.contact !== null) {
    active.push({ label: `Contact: ${contact.data?.displayName ?? '…'}`, clear: () => onChange({ contact: null }) })
  }
  if (state.owner !== null) {
    active.push({ label: `Owner: ${owner?.name ?? '…'}`, clear: () => onChange({ owner: null }) })
  }
  if (state.from !== null) {
    active.push({ label: `Closes from ${formatDate(state.from, locale)}`, clear: () => onChange({ from: null }) })
  }
  if (state.until !== null) {
    active.push({ label: `Closes until ${formatDate(state.until, locale)}`, clear: () => onChange({ until: null }) })
  }
  return [...active, ...custom]
}
