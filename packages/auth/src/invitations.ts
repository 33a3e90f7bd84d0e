import type { AppDb, OpenInvitation } from '@tenantry/app-db/types'
import { AcceptInvitationInput } from '@tenantry/contracts/new-tenant'
import { TenantryError } from '@tenantry/errors'
import { hashPassword } from './passwords.ts'

/** Links by which people choose their first password. Whoever holds one is nobody yet: there is no session here. */
export interface Invitations {
  /** Whom a link invites. Throws INVITATION_INVALID. */
  find(token: unknown): Promise<OpenInvitation>
  /** Uses the link up; the person signs in with the password from now on. Throws INVITATION_INVALID, BAD_INPUT. */
  accept(input: unknown): Promise<{ email: string }>
}

export function openInvitations(appDb: AppDb): Invitations {
  const find = (token: unknown) => {
    const parsed = AcceptInvitationInput.shape.token.safeParse(token)
    if (!parsed.success) return Promise.reject(new TenantryError('INVITATION_INVALID'))
    return appDb.invitations.find(parsed.data)
  }
  return {
    find,
    async accept(input) {
      const parsed = AcceptInvitationInput.safeParse(input)
      if (!parsed.success) {
        const messages = parsed.error.issues.map(({ path, message }) => [path.join('.'), [message]])
        throw new TenantryError('BAD_INPUT', { data: { fields: Object.fromEntries(messages) } })
      }
      // Hashing costs 19 MiB: not for a link that nobody issued.
      await find(parsed.data.token)
      return await appDb.invitations.accept(parsed.data.token, await hashPassword(parsed.data.password))
    },
  }
}
