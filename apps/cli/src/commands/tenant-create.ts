import { NewTenantInput, TradeName } from '@tenantry/contracts/new-tenant'
import { claimCreation } from '@tenantry/fleet/claim-run'
import { createTenant, type CreatedTenant } from '@tenantry/fleet/create-tenant'
import { Option, type Command } from 'commander'
import { withAccess } from '../access.ts'
import { Refusal } from '../exit-code.ts'
import { conductSteps } from '../manners/conduct-run.ts'
import { withWritingOptions, type WritingOptions } from '../manners/consent.ts'
import { parseOptions } from '../manners/parse-options.ts'
import { openServers, type NamedServer } from '../servers-file.ts'
import { newCommand, printResult, type OutputOptions, type Shell } from '../shell.ts'
import type { painter } from '../terminal.ts'

interface CreateOptions extends OutputOptions, WritingOptions {
  name: string
  trade: string
  ownerEmail: string
  ownerName: string
  server?: string
  database?: string
  shared?: string
  region?: string
  timeZone: string
  locale: string
  currency: string
}

export function tenantCreateCommand(shell: Shell): Command {
  const command = withWritingOptions(
    newCommand('create', 'make a tenant with its database, and a link by which its owner signs in', [
      'tenantry tenant create acme --name "Acme Booths" --trade photo_booth --owner-email ada@acme.example --owner-name Ada',
      'tenantry tenant create bloom --name Bloom --trade dj --owner-email ben@bloom.example --owner-name Ben --server south --shared small',
      'tenantry tenant create acme …    # the same again after it was interrupted: it goes on',
    ]),
  )
  return command
    .argument('<slug>', 'its short name in commands, for ever')
    .requiredOption('--name <name>', 'what people call the company')
    .addOption(
      new Option('--trade <trade>', 'decides pipeline and catalogue').choices(TradeName.options).makeOptionMandatory(),
    )
    .requiredOption('--owner-email <address>', 'the first owner, who gets an invitation')
    .requiredOption('--owner-name <name>', 'their name')
    .option('--server <name>', 'where the database is made; needed when the servers file names several')
    .option('--database <name>', 'name of the database (default: the slug, with _ for -)')
    .option('--shared <name>', 'share this database with other tenants instead; it is made where it is missing')
    .option('--region <name>', "default: the server's")
    .option('--time-zone <zone>', 'IANA name', 'UTC')
    .option('--locale <tag>', 'BCP 47 tag', 'en-US')
    .option('--currency <code>', 'ISO 4217 code', 'USD')
    .action(async (slug: string, options: CreateOptions) => {
      const server = openServers(shell).named(options.server)
      const input = inputFrom(slug, options, server)
      if (options.dryRun) return printPlan(shell, options, input)
      const created = await withAccess(shell, async (access) => {
        const { app, operatorName } = access
        const run = await claimCreation(app, input, operatorName)
        return conductSteps({ shell, command, options }, run, {
          title: `Creating ${slug}`,
          work: (onProgress) => createTenant({ ...access, server: server.admin, run, onProgress }),
        })
      })
      const facts = describe(created, shell.env.APP_ORIGIN)
      printResult(shell, options, { data: facts, text: (paint) => render(facts, paint) })
    })
}

function inputFrom(slug: string, options: CreateOptions, server: NamedServer): NewTenantInput {
  const { name, trade, timeZone, locale, currency, ownerEmail, ownerName, shared } = options
  if (shared !== undefined && options.database !== undefined) {
    throw new Refusal('Say either --database, for a database of its own, or --shared.')
  }
  return parseOptions(NewTenantInput, {
    slug,
    name,
    trade,
    timeZone,
    locale,
    currency,
    owner: { email: ownerEmail, name: ownerName },
    server: server.name,
    placement: shared === undefined ? 'dedicated' : 'shared',
    database: shared ?? options.database ?? slug.replaceAll('-', '_'),
    region: options.region ?? server.region,
  })
}

function printPlan(shell: Shell, options: CreateOptions, input: NewTenantInput): void {
  const { slug, server, placement, database, owner } = input
  const place = placement === 'dedicated' ? `its own database ${database}` : `the shared database ${database}`
  printResult(shell, options, {
    data: { dryRun: true, ...input },
    text: () => `Would make the tenant ${slug} in ${place} on ${server} and invite ${owner.email}. Nothing was done.`,
  })
}

function describe({ plan, invitation }: CreatedTenant, origin = 'http://localhost:3000') {
  const { slug, placement, host, port, database } = plan
  return {
    slug,
    placement,
    address: `${host}:${port}/${database}`,
    invitation: invitation && { link: `${origin}/invitation#${invitation.token}`, expiresAt: invitation.expiresAt },
  }
}

function render(
  { slug, placement, address, invitation }: ReturnType<typeof describe>,
  paint: ReturnType<typeof painter>,
) {
  const invited =
    invitation === undefined
      ? 'The owner signs in with the password they have.'
      : `The owner chooses a password here, once, until ${invitation.expiresAt.slice(0, 10)}:\n  ${paint('cyan', invitation.link)}`
  return `${paint('green', '✓')} ${paint('bold', slug)} is there: ${placement}, ${address}\n${invited}`
}
