import { claimDeletion } from '@tenantry/fleet/claim-run'
import { deleteTenant, deleteTenantKind, placeInJournal } from '@tenantry/fleet/delete-tenant'
import { findTenant, type KnownTenant, type TenantPlace } from '@tenantry/fleet/tenant-place'
import { isTenantryError } from '@tenantry/errors'
import { endTransfer } from '@tenantry/tenant-transfer/end-transfer'
import type { Command } from 'commander'
import { resolve } from 'node:path'
import { withAccess, type Access } from '../access.ts'
import { conductSteps } from '../manners/conduct-run.ts'
import { askForName, withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { openServers } from '../servers-file.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'

interface DeleteOptions extends OutputOptions, WritingOptions {
  confirm?: string
  exportTo?: string
  withoutDatabase?: boolean
}

export function tenantDeleteCommand(shell: Shell): Command {
  const command = withWritingOptions(
    newCommand('delete', 'export a tenant and remove its database, logins, sealed passwords and people', [
      'tenantry tenant delete acme                                # asks for the slug to be typed',
      'tenantry tenant delete acme --confirm acme --export-to /backup/acme    # a folder that is new or empty',
      'tenantry tenant delete acme --dry-run',
    ]),
  )
  return command
    .argument('<slug>')
    .option('--confirm <slug>', 'the slug again, where nobody can type it')
    .option(
      '--export-to <folder>',
      'where the rows go first: a new or empty folder (default: tenantry-exports/<slug>-<part of its id> here)',
    )
    .option('--without-database', 'for a server that is gone for good: neither export nor remove what is on it')
    .action(async (slug: string, options: DeleteOptions) => {
      const withoutDatabase = options.withoutDatabase ?? false
      await withAccess(shell, async ({ app, files, operatorName }) => {
        const { place, tenantId } = await lookUp(app, slug)
        // A tenant that is made again under the slug of another one is not exported over it.
        const exportFolder = resolve(options.exportTo ?? `tenantry-exports/${slug}-${tenantId.slice(-12)}`)
        if (options.dryRun) {
          const moves = await ofItsMove(app, slug)
          return printPlan(shell, options, { slug, place, moves, exportFolder })
        }
        const servers = openServers(shell)
        const question = `${what(slug, place, withoutDatabase)}${await ofItsMove(app, slug)} This cannot be taken back.`
        await askForName(shell, options, { name: slug, question })
        const run = await claimDeletion(app, { slug, input: { withoutDatabase }, startedBy: operatorName })
        const deleted = await conductSteps({ shell, command, options }, run, {
          title: `Removing ${slug}`,
          work: (onProgress) =>
            deleteTenant({
              app,
              adminAt: servers.at,
              appAdmin: servers.appAdmin,
              operatorName,
              slug,
              exportFolder,
              withoutDatabase,
              files,
              endTransfer: async (id) => ({ ...(await endTransfer({ source: servers.appAdmin, tenantId: id })) }),
              run,
              onProgress,
            }),
        })
        const { exported, unreached } = deleted
        const kept = unreached.length === 0 ? '' : ` Left behind, with its rows: ${unreached.join(', ')}.`
        printResult(shell, options, {
          data: { slug, exported: exported ?? null, unreached },
          text: () =>
            exported === undefined
              ? `${slug} is gone. Nothing was exported.${kept}`
              : `${slug} is gone. Its ${exported.rows} rows are in ${exported.folder}.${kept}`,
        })
      })
    })
}

/** Also of a tenant whose record an interrupted deletion has removed already. */
async function lookUp(app: Access['app'], slug: string): Promise<Pick<KnownTenant, 'tenantId' | 'place'>> {
  try {
    return await findTenant(app, slug)
  } catch (error) {
    const [last] = await app.runs.list({ kind: deleteTenantKind, subject: slug, limit: 1 })
    if (!isTenantryError(error, 'NOT_FOUND') || last === undefined || last.status === 'done') throw error
    if (last.tenantId === null) throw error
    return { tenantId: last.tenantId, place: placeInJournal(await app.runs.unitsOf(last.id)) }
  }
}

function what(slug: string, place: TenantPlace | null, withoutDatabase: boolean): string {
  if (place === null) return `The record of ${slug} and its people are removed.`
  const { host, port, database, placement } = place
  if (withoutDatabase)
    return `The record of ${slug} and its people are removed. Nothing is exported of the database ${host}:${port}/${database}, and it is left as it is.`
  return placement === 'dedicated'
    ? `The database ${host}:${port}/${database} of ${slug} is exported and removed, with its logins, files, record and people.`
    : `The rows of ${slug} in ${host}:${port}/${database} are exported and removed, with its logins, record and people.`
}

/** Whoever moved in from an older system has rows there as well. */
async function ofItsMove(app: Access['app'], slug: string): Promise<string> {
  const tenant = await app.db.tenants.findForOperator(slug)
  const transfer = tenant === undefined ? undefined : (await app.transfers.tenant(slug)).transfer
  if (transfer === undefined) return ''
  return transfer.state === 'moved'
    ? ' Its rows in the old tables are removed as well.'
    : ' It has not moved in yet: the old system keeps its rows and goes on.'
}

function printPlan(
  shell: Shell,
  options: DeleteOptions,
  {
    slug,
    place,
    moves,
    exportFolder,
  }: { slug: string; place: TenantPlace | null; moves: string; exportFolder: string },
): void {
  printResult(shell, options, {
    data: { dryRun: true, slug, place, exportFolder },
    text: () =>
      `${what(slug, place, options.withoutDatabase ?? false)}${moves}\nExport: ${exportFolder}\nNothing was done.`,
  })
}
