import { folderOf } from './imports.js'

/** @type {import('oxlint').Rule} */
export const environmentInOnePlace = {
  create(context) {
    const allowed =
      /\/(env|playwright\.config|global-setup|drizzle\.config|next\.config)\.ts$|\.test\.ts$|\.e2e\.ts$/.test(
        context.filename,
      )
    if (allowed || folderOf(context.filename).startsWith('tooling/')) return {}
    return {
      MemberExpression(node) {
        if (node.object.type !== 'Identifier' || node.object.name !== 'process' || node.property.name !== 'env') return
        context.report({
          node,
          message:
            'The environment is read in one `env.ts` per app. Add the variable to its schema and pass the value in as an argument.',
        })
      },
    }
  },
}
