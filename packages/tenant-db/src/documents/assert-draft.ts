import { TenantryError } from '@tenantry/errors'
import type { ChangeAction } from '../records/history.ts'

/** What is done to any record. On a document that has left the house only the steps of its own life are taken. */
const ordinary: ReadonlySet<ChangeAction> = new Set(['changed', 'deleted', 'undone'])

/** Throws RULE_VIOLATED for an ordinary change of a quote, contract or invoice that is no longer a draft. */
export function assertDraft({ status }: { status: string }, action: ChangeAction): void {
  if (status === 'draft' || !ordinary.has(action)) return
  throw new TenantryError('RULE_VIOLATED', { message: 'Only a draft can be changed or deleted.' })
}

/** Throws RULE_VIOLATED when a document is in none of the states in which a step can be taken. */
export function assertStatus<Status extends string>(
  { status }: { status: Status },
  expected: readonly Status[],
  message: string,
): void {
  if (!expected.includes(status)) throw new TenantryError('RULE_VIOLATED', { message, data: { status } })
}
