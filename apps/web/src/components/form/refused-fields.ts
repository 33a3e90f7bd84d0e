/** What the server said about single fields: BAD_INPUT names all of them, a broken rule names one. */
export function refusedFields(error: unknown): [field: string, message: string][] {
  const data = wireDataOf(error)
  if (data === undefined) return []
  if (typeof data.field === 'string' && error instanceof Error) return [[data.field, error.message]]
  if (typeof data.fields !== 'object' || data.fields === null) return []
  return Object.entries(data.fields).flatMap(([field, messages]: [string, unknown]) => {
    const message: unknown = Array.isArray(messages) ? messages[0] : undefined
    return typeof message === 'string' ? [[field.replace(/^patch\./, ''), message] as [string, string]] : []
  })
}

function wireDataOf(error: unknown): { field?: unknown; fields?: unknown } | undefined {
  if (typeof error !== 'object' || error === null || !('data' in error)) return undefined
  const { data } = error
  if (typeof data !== 'object' || data === null || !('data' in data)) return undefined
  return typeof data.data === 'object' && data.data !== null ? data.data : undefined
}
