import { TenantryError } from '@tenantry/errors'
import type { Command } from 'commander'
import { randomUUID } from 'node:crypto'
import { withAccess } from '../access.ts'
import { Refusal } from '../exit-code.ts'
import { withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'

export function tenantInviteCommand(shell: Shell): Command {
  return withWritingOptions(
    newCommand('invite', 'make a new link by which a member without a password chooses one; the one before is void', [
      'tenantry tenant invite acme ada@acme.example',
    ]),
  )
    .argument('<slug>')
    .argument('<email>', 'of a member')
    .action(async (slug: string, email: string, options: OutputOptions & WritingOptions) => {
      const issued = await withAccess(shell, async ({ app, operatorName }) => {
        const why = { reason: 'tenant invite', access: 'read', requestId: randomUUID() } as const
        const members = await app.db.memberships.list(await app.grants.forOperator(operatorName, slug, why))
        const member = members.find((candidate) => candidate.email === email.toLowerCase())
        if (member === undefined) {
          throw new TenantryError('NOT_FOUND', { message: 'The tenant has no member with this address.' })
        }
        if (options.dryRun) return undefined
        const invitation = await app.db.invitations.issue(operatorName, { slug, userId: member.userId })
        if (invitation === undefined) throw new Refusal('This person has a password already and signs in with it.')
        return invitation
      })
      const origin = shell.env.APP_ORIGIN ?? 'http://localhost:3000'
      const link = issued && `${origin}/invitation#${issued.token}`
      printResult(shell, options, {
        data: issued === undefined ? { dryRun: true } : { link, expiresAt: issued.expiresAt },
        text: () => link ?? 'Would make a link. Nothing was done.',
      })
    })
}
