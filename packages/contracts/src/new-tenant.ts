import { z } from 'zod'
import { Placement } from './data-source.ts'
import { Currency, Email, Locale, TimeZone, line } from './scalars.ts'
import { Slug } from './tenants.ts'

/** What kind of event business a company is; decides which pipeline and catalogue it begins with. */
export const TradeName = z.enum(['photo_booth', 'dj', 'venue', 'caterer'])
export type TradeName = z.infer<typeof TradeName>

/** A database's name as commands take it. */
export const DatabaseName = z
  .string()
  .regex(/^[a-z_][a-z0-9_-]{0,54}$/, 'Use at most 55 lower-case letters, digits, hyphens and underscores.')

/** Everything that is to be known of a company before its database is made. */
export const NewTenantInput = z.strictObject({
  slug: Slug,
  name: line(120),
  trade: TradeName,
  timeZone: TimeZone,
  locale: Locale,
  currency: Currency,
  owner: z.strictObject({ email: Email.toLowerCase(), name: line(120) }),
  /** A name of the servers file. */
  server: z.string(),
  placement: Placement,
  database: DatabaseName,
  region: line(60),
})
export type NewTenantInput = z.infer<typeof NewTenantInput>

/** What an invitation is accepted with: the token of its link, and the password that the person chooses. */
export const AcceptInvitationInput = z.strictObject({
  token: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'This is not the link of an invitation.'),
  password: z.string().min(12, 'Use at least 12 characters.').max(200),
})
export type AcceptInvitationInput = z.infer<typeof AcceptInvitationInput>
