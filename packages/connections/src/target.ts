import { TenantryError } from '@tenantry/errors'

/** Where to connect and as whom. Made of fields, never of a URL: the driver lets a URL's query override settings. */
export interface Target {
  host: string
  port: number
  database: string
  user: string
  /** Called once per dial, so that a credential is open only while it is needed. */
  password: () => string
  /** `verify-full` checks the certificate and its name against the system's authorities, `ca` against the given PEM. */
  tls: 'off' | 'verify-full' | { ca: string }
  /** Settings of the session, sent with the startup message; no statement can precede them. */
  startup?: Record<string, string>
  applicationName?: string
}

export type ParsedTarget = Omit<Target, 'user' | 'password'> & { user?: string; password?: string }

/**
 * Reads `postgres://[user[:password]@]host[:port]/database[?sslmode=disable|verify-full]`. Strict: any other parameter,
 * several hosts or a socket path throw CONFIGURATION_INVALID, whose text never repeats the URL.
 */
export function parseTarget(url: string): ParsedTarget {
  const parsed = parseUrl(url)
  const database = decode(parsed.pathname.slice(1), 'The database name')
  if (database === '' || database.includes('/')) throw invalid('The URL must name exactly one database.')
  return {
    host: hostOf(parsed),
    port: parsed.port === '' ? 5432 : Number(parsed.port),
    database,
    tls: tlsOf(parsed.searchParams),
    ...(parsed.username !== '' && { user: decode(parsed.username, 'The user name') }),
    ...(parsed.password !== '' && { password: decode(parsed.password, 'The password') }),
  }
}

/**
 * The URL that `parseTarget` reads as this target, for programs that are told by their environment where to connect. It holds
 * the password. Settings of the session are no part of it; a certificate of one's own has no place there and throws
 * CONFIGURATION_INVALID.
 */
export function urlOf({ host, port, database, user, password, tls }: Target): string {
  if (typeof tls === 'object') throw invalid('A URL has no place for a certificate.')
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password())}`
  const server = host.includes(':') ? `[${host}]` : host
  const mode = tls === 'off' ? 'disable' : tls
  return `postgres://${login}@${server}:${port}/${encodeURIComponent(database)}?sslmode=${mode}`
}

function parseUrl(url: string): URL {
  if (!URL.canParse(url)) throw invalid('It is not a URL of the form postgres://host:port/database.')
  const parsed = new URL(url)
  if (parsed.protocol !== 'postgres:' && parsed.protocol !== 'postgresql:') {
    throw invalid('The URL must begin with postgres:// or postgresql://.')
  }
  if (parsed.hash !== '') throw invalid('The URL must not have a fragment; write # as %23.')
  return parsed
}

function hostOf(parsed: URL): string {
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1')
  if (host === '') throw invalid('The URL must name a host.')
  if (/[%,/\s]/.test(host)) throw invalid('The URL must name one host; socket paths and lists are not supported.')
  return host
}

function tlsOf(parameters: URLSearchParams): 'off' | 'verify-full' {
  for (const name of parameters.keys()) {
    if (name !== 'sslmode') throw invalid('The only parameter the URL may have is sslmode.')
  }
  const modes = parameters.getAll('sslmode')
  if (modes.length > 1) throw invalid('The URL has more than one sslmode.')
  switch (modes[0] ?? 'verify-full') {
    case 'disable':
      return 'off'
    case 'verify-full':
      return 'verify-full'
    default:
      // `require` and `prefer` accept any certificate: they look safe and are not.
      throw invalid('sslmode must be disable or verify-full.')
  }
}

function decode(text: string, what: string): string {
  try {
    const decoded = decodeURIComponent(text)
    if (!decoded.includes('\0')) return decoded
  } catch {
    // falls through to the same answer as a zero byte
  }
  throw invalid(`${what} in the URL is not correctly escaped.`)
}

function invalid(message: string): TenantryError {
  return new TenantryError('CONFIGURATION_INVALID', { message: `A database URL is not valid. ${message}` })
}
