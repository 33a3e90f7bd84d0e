import type { CustomFilter, CustomSought } from '@tenantry/contracts/custom-values'

/** The ends of a range, as they stand in the address. */
export interface SoughtRange {
  from?: number | string | undefined
  until?: number | string | undefined
}

/** What a link asks for may have any form that the contract takes; a control shows the one it can change. */
export function textIn(sought: CustomSought | undefined): string | null {
  if (typeof sought === 'string') return sought
  return isPart(sought) ? sought.contains : null
}

export function rangeIn(sought: CustomSought | undefined): SoughtRange {
  if (typeof sought === 'number' || typeof sought === 'string') return { from: sought, until: sought }
  return isRange(sought) ? sought : {}
}

export function chosenIn(sought: CustomSought | undefined): string[] {
  if (typeof sought === 'string') return [sought]
  return Array.isArray(sought) ? sought.filter((one) => typeof one === 'string') : []
}

/** Null where nothing is asked for any more, so that the address is as short as before. */
export function withSought(
  filter: CustomFilter | null,
  key: string,
  sought: CustomSought | undefined,
): CustomFilter | null {
  const { [key]: _, ...others } = filter ?? {}
  const next = sought === undefined ? others : { ...others, [key]: sought }
  return Object.keys(next).length === 0 ? null : next
}

export function isRange(sought: CustomSought | undefined): sought is Extract<CustomSought, { from?: unknown }> {
  return typeof sought === 'object' && !Array.isArray(sought) && !('contains' in sought)
}

export function isPart(sought: CustomSought | undefined): sought is Extract<CustomSought, { contains: string }> {
  return typeof sought === 'object' && 'contains' in sought
}
