import { z } from 'zod'
import { SupportAccessId } from './ids.ts'
import { Instant, line } from './scalars.ts'
import { Slug } from './tenants.ts'

/** An operator's work in a company's CRM for a while, reading only. The company sees each of these, also those long over. */
export const SupportAccess = z.object({
  id: SupportAccessId,
  operatorName: z.string(),
  reason: z.string(),
  openedAt: Instant,
  expiresAt: Instant,
  /** When it was ended before its time, and by whom. */
  endedAt: Instant.nullable(),
  endedBy: z.string().nullable(),
  isLive: z.boolean(),
})
export type SupportAccess = z.infer<typeof SupportAccess>

/** The longest that one reason counts for. */
export const maxSupportMinutes = 480

export const SupportInput = z.strictObject({
  slug: Slug,
  reason: line(300).min(10, 'Say in a sentence why; the company reads it.'),
  minutes: z.int().min(1).max(maxSupportMinutes),
})
export type SupportInput = z.infer<typeof SupportInput>

export const SupportRef = z.strictObject({ id: SupportAccessId })
