import { everyImport, folderOf } from './imports.js'

/** Who may import what; everybody else is told where to go instead. */
const doors = [
  {
    modules: /^@tenantry\/tenant-db\/(open|provision)$/,
    allowed: ['packages/data-sources', 'packages/fleet', 'packages/testing', 'tooling/proofs'],
    instead:
      'Only data-sources opens tenant databases, and only through a grant: use dataSources.withTenant(grant, work).',
  },
  {
    modules: /^@tenantry\/app-db\/open$/,
    allowed: ['packages/api', 'packages/fleet', 'packages/testing', 'apps/cli', 'tooling/proofs'],
    instead: 'The application database is opened once, by the runtime: take `appDb` from the context or the runtime.',
  },
  {
    modules: /^@tenantry\/connections\/(pool|admin|database|statement|columns)$/,
    allowed: [
      'packages/migrations',
      'packages/app-db',
      'packages/tenant-db',
      'packages/data-sources',
      'packages/fleet',
      'packages/testing',
      'tooling/proofs',
    ],
    instead: 'Connections are leased below the repositories: call a repository of a handle instead.',
  },
  {
    modules: /^(postgres|drizzle-orm|drizzle-kit|pg)(\/|$)/,
    allowed: [
      'packages/connections',
      'packages/migrations',
      'packages/app-db',
      'packages/tenant-db',
      'packages/local-postgres',
      'tooling/proofs',
      'tooling/bench',
    ],
    instead:
      'SQL is written in the repositories of app-db and tenant-db: call a repository of a handle, or add a method to one.',
  },
  {
    modules: /^next-auth(\/|$)/,
    allowed: ['packages/auth', 'tooling/bench'],
    instead: 'next-auth stays behind packages/auth: use what @tenantry/auth exports.',
  },
]

/** @type {import('oxlint').Rule} */
export const oneDoor = {
  create(context) {
    const folder = folderOf(context.filename)
    return everyImport((node, specifier) => {
      if (specifier === undefined) {
        context.report({
          node,
          message:
            'A module name must be a literal: a computed import could reach behind a wall. Import the module by name.',
        })
        return
      }
      if (/\/(packages|node_modules|tooling)\/.*\/src\/|^@tenantry\/[^/]+\/src\//.test(specifier)) {
        context.report({
          node,
          message: `\`${specifier}\` reaches into another package. Import a sub-path that its package.json exports.`,
        })
      }
      for (const door of doors) {
        if (!door.modules.test(specifier) || door.allowed.includes(folder) || folder === packageOf(specifier)) continue
        context.report({
          node,
          message: `\`${specifier}\` may not be imported in ${folder || 'this file'}. ${door.instead}`,
        })
      }
    })
  },
}

function packageOf(specifier) {
  const name = /^@tenantry\/([^/]+)/.exec(specifier)?.[1]
  return name === undefined ? undefined : `packages/${name}`
}
