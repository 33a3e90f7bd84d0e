import { everyImport, folderOf } from './imports.js'

const developmentOnly =
  /^(@tenantry\/(testing|vitest-config|proofs)|vitest|@faker-js\/faker|fast-check|@playwright\/test)(\/|$)/
const developmentFile = /\.(test|e2e|fixture)\.tsx?$|(^|\/)(vitest|playwright)\.config\.ts$/
const developmentFolders = [
  'packages/testing',
  'tooling/proofs',
  'tooling/bench',
  'tooling/vitest',
  'tooling/checks',
  '',
]

/** @type {import('oxlint').Rule} */
export const noDevelopmentImports = {
  create(context) {
    if (developmentFile.test(context.filename) || developmentFolders.includes(folderOf(context.filename))) return {}
    if (/\/e2e\//.test(context.filename)) return {}
    return everyImport((node, specifier) => {
      if (specifier === undefined || !developmentOnly.test(specifier)) return
      context.report({
        node,
        message: `\`${specifier}\` is for tests only. Move this code into a *.test.ts file, or pass what you need in as an argument.`,
      })
    })
  },
}
