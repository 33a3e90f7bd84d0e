import type { Target } from '@tenantry/connections/target'
import { openServers } from '../servers-file.ts'
import type { Shell } from '../shell.ts'

/** Where a database is made to compare with, as its administrator. Throws CONFIGURATION_INVALID. */
export function openScratchServer(shell: Shell, name: string | undefined): Target {
  const servers = openServers(shell)
  const [first] = servers.all
  return name === undefined && first !== undefined ? first.admin : servers.named(name).admin
}
