import { z } from 'zod'
import { AccountId, ContactId } from './ids.ts'

/** By what two records look alike. */
export const Likeness = z.enum(['name', 'email', 'phone'])
export type Likeness = z.infer<typeof Likeness>

const alike = { name: z.string(), alike: z.array(Likeness) }
export const AccountCandidates = z.array(z.object({ id: AccountId, ...alike }))
export const ContactCandidates = z.array(z.object({ id: ContactId, ...alike }))

/** Records that may be the same company or person; those that are alike in more come first. */
export const DuplicateCandidates = z.object({ accounts: AccountCandidates, contacts: ContactCandidates })
export type DuplicateCandidates = z.infer<typeof DuplicateCandidates>
