import type { Target } from '@tenantry/connections/target'
import { characters, type Character } from './characters.ts'
import type { DemoServers } from './servers.ts'

/** Nothing listens on the discard port: a connection is refused at once, as by a server that is down. */
const nowhere = { host: '127.0.0.1', port: 9 }

/** Where a character's database is, or would be if its server were there. */
export function homeOf({ slug, home }: Character, servers: DemoServers): Target {
  if (home === 'unreachable') return { ...servers.south, ...nowhere, database: slug }
  return { ...servers[home.server], database: home.database }
}

export function addressIn(servers: DemoServers, slug: string): string {
  const character = characters.find((candidate) => candidate.slug === slug)
  if (character === undefined) throw new Error(`the demo has no company ${slug}`)
  const { host, port, database } = homeOf(character, servers)
  return `${host}:${port}/${database}`
}
