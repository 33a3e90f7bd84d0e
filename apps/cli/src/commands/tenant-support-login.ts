import { TenantryError } from '@tenantry/errors'
import { ensureSupportLogin } from '@tenantry/fleet/ensure-support-login'
import { findTenant } from '@tenantry/fleet/tenant-place'
import type { Command } from 'commander'
import { withAccess } from '../access.ts'
import { withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { openServers } from '../servers-file.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'

export function tenantSupportLoginCommand(shell: Shell): Command {
  return withWritingOptions(
    newCommand('support-login', 'make the login of support access, which can only read, or give it a new password', [
      'tenantry tenant support-login acme',
    ]),
  )
    .argument('<slug>')
    .action(async (slug: string, options: OutputOptions & WritingOptions) => {
      const role = await withAccess(shell, async ({ app, keyring, operatorName }) => {
        const { tenantId: id, place } = await findTenant(app, slug)
        if (place === null) throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED')
        const { host, port, database, tenantIdInDataSource } = place
        const admin = { ...openServers(shell).at({ host, port }), database }
        if (options.dryRun) return undefined
        const tenant = { id, slug }
        const { supportRole } = await app.dataSourceLogins.bySlug(slug)
        const made = await ensureSupportLogin({
          appDb: app.db,
          keyring,
          operatorName,
          tenant,
          tenantIdInDataSource,
          current: supportRole ?? undefined,
          admin,
        })
        return made.role
      })
      printResult(shell, options, {
        data: role === undefined ? { dryRun: true, slug } : { slug, role },
        text: () => (role === undefined ? 'Would make the login. Nothing was done.' : `${slug} has the login ${role}.`),
      })
    })
}
