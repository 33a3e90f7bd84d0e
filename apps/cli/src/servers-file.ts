import { parseTarget, type Target } from '@tenantry/connections/target'
import { TenantryError } from '@tenantry/errors'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { findRunningDemo } from './demo/running-demo.ts'
import type { Shell } from './shell.ts'

/** Administrators' logins: of the application database, and of the servers that tenants' databases are made on. */
export const ServersFile = z.strictObject({
  /** `postgres://owner:password@host:port/database`: the owner of the application database. */
  application: z.string(),
  servers: z.record(
    z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'Name a server with lower-case letters, digits and hyphens.'),
    z.strictObject({
      /** A login that may create databases and roles and passes row security by, on a database that exists. */
      url: z.string(),
      region: z.string().min(1).max(60),
      /** Certificate authority of the server, a PEM file; relative to this file. Not set: the system's authorities. */
      ca: z.string().optional(),
    }),
  ),
})
export type ServersFile = z.infer<typeof ServersFile>

export interface NamedServer {
  name: string
  region: string
  admin: Target
}

export interface Servers {
  all: NamedServer[]
  appAdmin: Target
  /** Throws CONFIGURATION_INVALID. */
  named(name: string | undefined): NamedServer
  /** The administrator at an address that a data source names. Throws CONFIGURATION_INVALID. */
  at(address: { host: string; port: number }): Target
}

/** From the file that TENANTRY_SERVERS_FILE names; without it, of the demo of this checkout while it runs. */
export function openServers(shell: Shell): Servers {
  const path = shell.env.TENANTRY_SERVERS_FILE ?? demoFile(shell)
  const { application, servers } = readServersFile(path)
  const all = Object.entries(servers).map(([name, { url, region, ca }]) => {
    const admin = adminTarget(url, `the server ${name}`)
    return { name, region, admin: ca === undefined ? admin : { ...admin, tls: { ca: readCa(path, ca) } } }
  })
  return {
    all,
    appAdmin: adminTarget(application, 'the application database'),
    named(name) {
      const found = name === undefined && all.length === 1 ? all[0] : all.find((server) => server.name === name)
      if (found !== undefined) return found
      throw invalid(`Name one of the servers with --server: ${all.map((server) => server.name).join(', ')}.`)
    },
    at({ host, port }) {
      const found = all.find(({ admin }) => admin.host === host && admin.port === port)
      if (found !== undefined) return found.admin
      throw invalid(`The servers file names no server at ${host}:${port}. Add it.`)
    },
  }
}

function demoFile({ demoFolder }: Shell): string {
  if (findRunningDemo(demoFolder) !== undefined && existsSync(demoFolder.serversFile)) return demoFolder.serversFile
  throw invalid(
    'Set TENANTRY_SERVERS_FILE to the file with the administrators’ logins; docs/guides/environment.md shows one.',
  )
}

/** Throws CONFIGURATION_INVALID, which names the field and never its value. */
function readServersFile(path: string): ServersFile {
  if (!existsSync(path)) throw invalid('TENANTRY_SERVERS_FILE names a file that is not there.')
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw invalid('The servers file holds passwords and may be read by others. Run: chmod 600 on it.')
  }
  const parsed = ServersFile.safeParse(parseJson(readFileSync(path, 'utf8')))
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path: field, message }) => `${field.join('.') || 'the file'}: ${message}`)
  throw invalid(`The servers file is not valid. ${issues.join('. ')}`)
}

function adminTarget(url: string, what: string): Target {
  const { user, password, ...address } = parseTarget(url)
  if (user === undefined || password === undefined) throw invalid(`The URL of ${what} must name a user and a password.`)
  return { ...address, user, password: () => password, applicationName: 'tenantry-cli' }
}

function readCa(path: string, ca: string): string {
  const file = resolve(dirname(path), ca)
  if (!existsSync(file)) throw invalid('The servers file names a certificate that is not there.')
  return readFileSync(file, 'utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('The servers file is not JSON.')
  }
}

function invalid(message: string): TenantryError {
  return new TenantryError('CONFIGURATION_INVALID', { message })
}
