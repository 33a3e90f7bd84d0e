import { TenantryError } from '@tenantry/errors'

const secretName = /pass(word|wd|phrase)?$|secret|token|credential|(api|anon|service|private)_?key$|^keys?(ring)?$/i
const secretUrl = /:\/\/[^/\s@]*:[^/\s@]+@/

/**
 * The journal is read by everybody who operates, and kept: what looks like a secret does not get in. Throws INTERNAL
 * with the name of the field: it is the command that is wrong, not what was typed.
 */
export function assertHoldsNoSecret(value: unknown): void {
  for (const field of secretFieldsIn(value)) throw refused(field)
}

/** The fields that by their names, or as an address with a password in it, look like secrets. */
export function* secretFieldsIn(value: unknown, path = ''): Generator<string> {
  if (typeof value === 'string' && secretUrl.test(value)) yield path
  if (typeof value !== 'object' || value === null) return
  for (const [name, item] of Object.entries(value)) {
    const at = path === '' ? name : `${path}.${name}`
    if (!Array.isArray(value) && secretName.test(name) && item !== null) yield at
    yield* secretFieldsIn(item, at)
  }
}

function refused(field: string): TenantryError {
  return new TenantryError('INTERNAL', { detail: { reason: 'a secret would stand in the journal', field } })
}
