const control = new Map([
  ['transaction', 'Drizzle and postgres.js lose writes when a backend dies inside their transactions'],
  ['begin', 'postgres.js may continue another caller’s transaction after a backend died'],
  ['reserve', 'a reserved postgres.js connection is replaced silently when its backend dies'],
  ['raw', 'raw SQL text is neither typed nor parameterised'],
  ['unsafe', 'unsafe SQL text is neither typed nor parameterised'],
])

/** What the methods are called on when they are the dangerous ones. `tenantDb.transaction` is ours and stays allowed. */
const raw = /^(sql|db|drizzle|pg|postgres|client|connection)$/i

/** @type {import('oxlint').Rule} */
export const noRawDatabaseControl = {
  create(context) {
    return {
      MemberExpression(node) {
        const method = node.computed ? literal(node.property) : node.property.name
        const reason = control.get(method)
        if (reason === undefined || !raw.test(lastName(node.object))) return
        context.report({
          node,
          message: `\`${lastName(node.object)}.${method}\` is not used outside packages/connections: ${reason}. Take a handle from dataSources.withTenant (or appDb.transaction) and call a repository; a new statement belongs into a repository.`,
        })
      },
    }
  },
}

function literal(node) {
  return node.type === 'Literal' ? node.value : undefined
}

/** `this.#db` → db, `ctx.sql` → sql, `db` → db. */
function lastName(node) {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'PrivateIdentifier') return node.name
  if (node.type === 'MemberExpression') return node.computed ? (literal(node.property) ?? '') : node.property.name
  if (node.type === 'TSAsExpression' || node.type === 'TSNonNullExpression') return lastName(node.expression)
  return ''
}
