import type { AccountId, ContactId } from './ids.ts'

/** By what two records look alike. */
export type Likeness = 'name' | 'email' | 'phone'

/** Records that may be the same company or person; those that are alike in more come first. */
export interface DuplicateCandidates {
  accounts: { id: AccountId; name: string; alike: Likeness[] }[]
  contacts: { id: ContactId; name: string; alike: Likeness[] }[]
}
