import { z } from 'zod'
import { AccountPatch } from './accounts.ts'
import { ContactPatch } from './contacts.ts'
import { AccountId, ContactId } from './ids.ts'
import { recordVersion } from './record-inputs.ts'

/** Names the record that is left, the one that goes into it, and the fields that are taken from the latter. */
const mergeOf = <Id extends z.ZodType, Field extends string>(id: Id, fields: readonly [Field, ...Field[]]) =>
  z.strictObject({
    kept: recordVersion(id),
    merged: recordVersion(id),
    take: z.array(z.enum(fields)).max(fields.length).default([]),
  })

type Fields<Patch> = [keyof Patch & string, ...(keyof Patch & string)[]]

export const AccountMergeInput = mergeOf(AccountId, Object.keys(AccountPatch.shape) as Fields<AccountPatch>)
export type AccountMergeInput = z.infer<typeof AccountMergeInput>

/** Addresses and companies of both are kept; they are no matter of choice. */
type ContactField = Exclude<keyof ContactPatch, 'points' | 'accounts'>
const contactFields = Object.keys(ContactPatch.shape).filter((field) => field !== 'points' && field !== 'accounts')
export const ContactMergeInput = mergeOf(ContactId, contactFields as [ContactField, ...ContactField[]])
export type ContactMergeInput = z.infer<typeof ContactMergeInput>
