import { posix } from 'node:path'
import { everyImport, folderOf } from './imports.js'

/** Who may import what, by workspace, by folder or by file; everybody else is told where to go instead. */
const doors = [
  {
    modules: /^@tenantry\/tenant-db\/(open|provision|template|serving|removal|export-rows)$/,
    allowed: ['packages/data-sources', 'packages/fleet', 'packages/testing', 'tooling/proofs'],
    instead:
      'Only data-sources opens tenant databases, and only through a grant: use dataSources.withTenant(grant, work).',
  },
  {
    modules: /^@tenantry\/tenant-db\/transfer$/,
    allowed: ['packages/tenant-transfer'],
    instead: 'Columns by their names in Postgres are for moving rows in: call a repository of a handle instead.',
  },
  {
    modules: /^@tenantry\/app-db\/(open|remove-tenant)$/,
    allowed: ['packages/api/src/runtime.ts', 'packages/fleet', 'packages/testing', 'apps/cli', 'tooling/proofs'],
    instead: 'The application database is opened once, by the runtime: take `appDb` from the context or the runtime.',
  },
  {
    modules: /^@tenantry\/connections\/(pool|admin|copy|database|statement|columns)$/,
    allowed: [
      'packages/migrations',
      'packages/app-db',
      'packages/tenant-db',
      'packages/data-sources',
      'packages/fleet',
      'packages/tenant-transfer',
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
    modules: /(^|\/)surroundings\//,
    allowed: ['packages/api/src/procedures'],
    instead:
      'What tells the services of a context is for the kinds of procedures alone: build on one of them, or add a kind.',
  },
  {
    modules: /^(node:)?module$/,
    allowed: ['packages/local-postgres'],
    instead: 'A require of one’s own could reach behind a wall. Import the module by name.',
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
    const isAllowed = ({ allowed }) =>
      allowed.some(
        (place) =>
          place === folder || context.filename.endsWith(`/${place}`) || context.filename.includes(`/${place}/`),
      )
    const imports = everyImport((node, specifier) => {
      if (specifier === undefined) {
        context.report({
          node,
          message:
            'A module name must be a literal: a computed import could reach behind a wall. Import the module by name.',
        })
        return
      }
      if (leavesPackage(context.filename, specifier) || /^@tenantry\/[^/]+\/src\//.test(specifier)) {
        context.report({
          node,
          message: `\`${specifier}\` reaches into another package. Import a sub-path that its package.json exports.`,
        })
      }
      for (const door of doors) {
        if (!door.modules.test(specifier) || isAllowed(door) || folder === packageOf(specifier)) continue
        context.report({
          node,
          message: `\`${specifier}\` may not be imported in ${folder || 'this file'}. ${door.instead}`,
        })
      }
    })
    return {
      ...imports,
      TSModuleDeclaration(node) {
        if (node.id.type !== 'Literal' || !/^(@tenantry\/|\.\.?\/)/.test(node.id.value)) return
        context.report({
          node,
          message: `Nothing is declared into \`${node.id.value}\` from outside: a handle has the members its class has, and no compiler would notice another at run time.`,
        })
      },
    }
  },
}

/** A relative path to another package, or to what pnpm stores: neither manifest nor exports would be asked. */
function leavesPackage(filename, specifier) {
  const folder = folderOf(filename)
  if (folder === '' || !/^\.\.?(\/|$)/.test(specifier)) return false
  const target = posix.join(posix.dirname(filename.replaceAll('\\', '/')), specifier)
  return folderOf(`${target}/`) !== folder || target.includes('/node_modules/')
}

function packageOf(specifier) {
  const name = /^@tenantry\/([^/]+)/.exec(specifier)?.[1]
  return name === undefined ? undefined : `packages/${name}`
}
