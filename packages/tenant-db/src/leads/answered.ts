import type { Lead } from '@tenantry/contracts/leads'
import type { Fields } from '../records/diff.ts'

/** A lead that leaves the status `new` for the first time remembers when it was answered. */
export function answered(status: Lead['status'] | undefined, firstResponseAt: string | null, now: string): Fields {
  return status === undefined || status === 'new' || firstResponseAt !== null ? {} : { firstResponseAt: now }
}
