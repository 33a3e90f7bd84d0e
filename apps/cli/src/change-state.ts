import type { TenantStatus } from '@tenantry/contracts/session'
import { byAdministrator } from '@tenantry/fleet/serving-power'
import { setTenantState } from '@tenantry/fleet/set-tenant-state'
import { findTenant } from '@tenantry/fleet/tenant-place'
import type { Command } from 'commander'
import { withAccess } from './access.ts'
import { conductSteps } from './manners/conduct-run.ts'
import { askToGoOn, withWritingOptions, type WritingOptions } from './manners/consent.ts'
import { findSchemaLag, type SchemaLag } from './schema-lag.ts'
import { openServers } from './servers-file.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from './shell.ts'

/** What the verbs that change a tenant's state have in common: one file each says what they are called and what they do. */
export function stateCommand(
  shell: Shell,
  verb: { name: string; state: TenantStatus; description: string; question?: string; done: string },
): Command {
  const { name, state } = verb
  const command = withWritingOptions(
    newCommand(name, verb.description, [`tenantry tenant ${name} acme`, `tenantry tenant ${name} acme --yes --json`]),
  )
  return command.argument('<slug>').action(async (slug: string, options: OutputOptions & WritingOptions) => {
    await withAccess(shell, async ({ app, keyring, operatorName }) => {
      const { status, tenantId } = await findTenant(app, slug)
      if (options.dryRun) {
        return printResult(shell, options, {
          data: { dryRun: true, slug, from: status, to: state },
          text: () => `Would make ${slug} ${state}; it is ${status}. Nothing was done.`,
        })
      }
      const servers = openServers(shell)
      if (verb.question !== undefined) await askToGoOn(shell, options, `${verb.question} ${slug}?`)
      const begun = { kind: `tenant.${name}`, subject: slug, tenantId, input: {}, startedBy: operatorName }
      const run = await app.runs.start(begun)
      const power = byAdministrator(servers.at)
      const setStatus = () => app.db.tenants.setStatus(operatorName, slug, state)
      const { ended } = await conductSteps({ shell, command, options }, run, {
        title: `${slug} becomes ${state}`,
        work: (onProgress) => setTenantState({ app, power, slug, state, setStatus, run, onProgress }),
      })
      const lag = state === 'active' ? await findSchemaLag({ app, keyring }, slug) : null
      printResult(shell, options, {
        data: { slug, state, endedConnections: ended, ...(state === 'active' && { lag }) },
        text: () => `${slug} ${verb.done}${lag === null ? '' : wordsOf(lag)}`,
      })
    })
  })
}

function wordsOf({ pending, command }: SchemaLag): string {
  return ` Its database lacks ${pending.length} of this release's migrations, and what needs them is refused until you run: ${command}`
}
