/**
 * Calls `visit(node, specifier)` for every way to name a module: import, export from, import(), require and import types.
 * A specifier that is not a literal is `undefined`.
 */
export function everyImport(visit) {
  const declared = (node) => node.source && visit(node, node.source.value)
  return {
    ImportDeclaration: declared,
    ExportNamedDeclaration: declared,
    ExportAllDeclaration: declared,
    ImportExpression(node) {
      visit(node, node.source.type === 'Literal' ? node.source.value : undefined)
    },
    TSImportType(node) {
      const source = node.source ?? node.argument
      visit(node, source?.value ?? source?.literal?.value)
    },
    CallExpression(node) {
      const [first] = node.arguments
      if (node.callee.type === 'Identifier' && node.callee.name === 'require' && first) {
        visit(node, first.type === 'Literal' ? first.value : undefined)
      }
    },
  }
}

/** The workspace folder a file is in, such as `packages/api`; empty for files at the root. */
export function folderOf(filename) {
  return /(?:^|\/)((?:apps|packages|tooling)\/[^/]+)\//.exec(filename)?.[1] ?? ''
}
