import { z } from 'zod'
import { AccountPatch } from './accounts.ts'
import { ContactPatch } from './contacts.ts'
import { AccountId, ContactId } from './ids.ts'
import { recordVersion } from './record-inputs.ts'

/**
 * Names the record that is left, the one that goes into it, and the fields that are taken from the latter. Custom fields are
 * no matter of choice: one that has no value in the former gets that of the latter.
 */
const mergeOf = <Id extends z.ZodType, Field extends string>(id: Id, fields: readonly [Field, ...Field[]]) =>
  z.strictObject({
    kept: recordVersion(id),
    merged: recordVersion(id),
    take: z.array(z.enum(fields)).max(fields.length).default([]),
  })

type AccountField = Exclude<keyof AccountPatch, 'custom'>
const accountFields = Object.keys(AccountPatch.shape).filter((field) => field !== 'custom')
export const AccountMergeInput = mergeOf(AccountId, accountFields as [AccountField, ...AccountField[]])
export type AccountMergeInput = z.infer<typeof AccountMergeInput>

/** Addresses and companies of both are kept; they are no matter of choice. */
type ContactField = Exclude<keyof ContactPatch, 'points' | 'accounts' | 'custom'>
const contactFields = Object.keys(ContactPatch.shape).filter(
  (field) => field !== 'points' && field !== 'accounts' && field !== 'custom',
)
export const ContactMergeInput = mergeOf(ContactId, contactFields as [ContactField, ...ContactField[]])
export type ContactMergeInput = z.infer<typeof ContactMergeInput>
