/** Beyond this a value belongs into a file store, and the driver's own limit is a crash. */
const maxCharacters = 32 * 1024 * 1024

/**
 * A parameter as the text Postgres reads. All encoding is done before the driver sees a statement, because an exception
 * thrown while it writes a message leaves the connection out of step. Throws TypeError for what has no text: undefined,
 * functions, symbols, invalid dates.
 */
export function encodeParameter(value: unknown): string | null {
  const text = toText(value)
  if (text !== null && text.length > maxCharacters) throw new TypeError('a parameter is too large to be sent')
  return text
}

function toText(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'bigint':
      return String(value)
    case 'boolean':
      return value ? 't' : 'f'
    case 'object':
      return value === null ? null : objectToText(value)
    default:
      throw new TypeError(`a parameter of type ${typeof value} cannot be sent`)
  }
}

function objectToText(value: object): string {
  if (value instanceof Date) return dateToText(value)
  if (value instanceof Uint8Array) {
    return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
  }
  if (Array.isArray(value)) return `{${value.map(elementToText).join(',')}}`
  const json = JSON.stringify(value) as string | undefined
  if (json === undefined) throw new TypeError('a parameter has no JSON text')
  return json
}

function dateToText(value: Date): string {
  if (Number.isNaN(value.getTime())) throw new TypeError('a parameter is an invalid date')
  return value.toISOString()
}

function elementToText(value: unknown): string {
  if (Array.isArray(value)) return objectToText(value)
  const text = toText(value)
  return text === null ? 'NULL' : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
