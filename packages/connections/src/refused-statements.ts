const gap = String.raw`(?:\s|;|--[^\n\r]*)*`
const leading = new RegExp(`^${gap}`)
const control =
  /^\(*\s*(begin|start|commit|end|rollback|abort|savepoint|release|prepare\s+transaction|do|call|copy)(?![\w$])/i

/**
 * True for what is not a statement of an executor: transaction control, whose owner is `transaction`; blocks and
 * procedures, which can hold it; COPY, which this kind of connection does not speak. One text is one statement (the
 * server refuses more), so its first word decides.
 */
export function isRefused(text: string): boolean {
  return control.test(withoutLeadingComments(text))
}

function withoutLeadingComments(text: string): string {
  let rest = text
  for (;;) {
    rest = rest.replace(leading, '')
    if (!rest.startsWith('/*')) return rest
    rest = rest.slice(commentLength(rest))
  }
}

/** Comments nest in Postgres. */
function commentLength(text: string): number {
  let depth = 0
  for (const { 0: mark, index } of text.matchAll(/\/\*|\*\//g)) {
    depth += mark === '/*' ? 1 : -1
    if (depth === 0) return index + 2
  }
  return text.length
}
