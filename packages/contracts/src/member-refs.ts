import { z } from 'zod'
import { UserId } from './ids.ts'

/** Somebody a record can be given to, or could once. */
export const MemberRef = z.object({
  userId: UserId,
  name: z.string(),
  email: z.string().nullable(),
  isActive: z.boolean(),
})
export type MemberRef = z.infer<typeof MemberRef>
