/** @type {import('oxlint').Rule} */
export const noTenantIdParameter = {
  create(context) {
    if (
      !/\/packages\/tenant-db\/src\/.*(repository|reader|writer)[^/]*\.ts$/.test(context.filename) ||
      context.filename.endsWith('.test.ts')
    )
      return {}
    const check = (node) => {
      for (const parameter of node.params ?? []) {
        for (const name of namesIn(parameter)) {
          if (!/^tenant_?id/i.test(name)) continue
          context.report({
            node: parameter,
            message: `A repository method takes no tenant id (\`${name}\`): the database knows whose it is. Drop the parameter; crm.current_tenant() fills and checks the column.`,
          })
        }
      }
    }
    return {
      FunctionDeclaration: check,
      FunctionExpression: check,
      ArrowFunctionExpression: check,
      TSMethodSignature: check,
    }
  },
}

/** Names a parameter binds, destructured ones and the members of an inline object type included. */
function namesIn(node) {
  switch (node?.type) {
    case 'Identifier':
      return [node.name, ...membersOf(node.typeAnnotation?.typeAnnotation)]
    case 'AssignmentPattern':
      return namesIn(node.left)
    case 'RestElement':
      return namesIn(node.argument)
    case 'ObjectPattern':
      return [
        ...node.properties.flatMap((property) =>
          property.type === 'Property' ? [property.key.name ?? '', ...namesIn(property.value)] : namesIn(property),
        ),
        ...membersOf(node.typeAnnotation?.typeAnnotation),
      ]
    default:
      return []
  }
}

function membersOf(type) {
  return type?.type === 'TSTypeLiteral' ? type.members.map((member) => member.key?.name ?? '') : []
}
