import { urlOf } from '@tenantry/connections/target'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ServersFile } from '../servers-file.ts'
import { appDatabaseName, type DemoServers } from './servers.ts'

/** Lets the operator's commands work on the demo as they do in production. Only the file's owner may read it. */
export function writeServersFile(file: string, servers: DemoServers): void {
  const content: ServersFile = {
    application: urlOf({ ...servers.app, database: appDatabaseName }),
    servers: {
      north: { url: urlOf(servers.north), region: 'demo-north' },
      south: { url: urlOf(servers.south), region: 'demo-south' },
    },
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
