import { isTenantryError } from '@tenantry/errors'

/** What of a value may be logged: no field named like a secret, no connection string, and of an error no foreign text. */
export function scrub(value: unknown, key = ''): unknown {
  return scrubTo(value, key, maxDepth)
}

const maxDepth = 6
const secretKey =
  /pass(word|wd|phrase)?$|secret|token|cookie|authorization|credential|api_?key|anon_?key|service_?key|private_?key|^dsn$|connection_?string|^(sql|query|parameters|params|values|keys|keyring|url)$|_url$/i

function scrubTo(value: unknown, key: string, depth: number): unknown {
  if (secretKey.test(key)) return '[dropped]'
  if (typeof value === 'string') return scrubUrls(value)
  if (value instanceof Error) return describeError(value, depth)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return '[deep]'
  if (Array.isArray(value)) return value.map((item) => scrubTo(item, '', depth - 1))
  if ('toJSON' in value && typeof value.toJSON === 'function')
    return scrubTo((value as { toJSON(): unknown }).toJSON(), key, depth - 1)
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, scrubTo(item, name, depth - 1)]))
}

function scrubUrls(text: string): string {
  return text
    .replace(/\b(password|passwd|pwd)\s*=\s*[^\s;&]+/gi, '$1=[dropped]')
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s/@]*@[^\s'"]*/gi, '[url]')
    .replace(/\bpostgres(ql)?:\/\/[^\s'"]+/gi, '[url]')
}

/** A foreign error's message may hold SQL and bound values (Drizzle's does), so only its name and code are kept. */
function describeError(error: Error, depth: number): Record<string, unknown> {
  const cause = depth > 0 && error.cause instanceof Error ? { cause: describeError(error.cause, depth - 1) } : {}
  if (!isTenantryError(error)) {
    const code =
      'code' in error && typeof error.code === 'string' && /^\w+$/.test(error.code) ? { code: error.code } : {}
    return { name: error.name, ...code, at: frames(error), ...cause }
  }
  const detail = error.detail === undefined ? {} : { detail: scrubTo(error.detail, '', depth - 1) }
  return { code: error.code, ...detail, ...(error.status >= 500 && { at: frames(error) }), ...cause }
}

/** Where it happened, without the message that a stack begins with. */
function frames(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 5)
    .map((line) => line.trim())
}
