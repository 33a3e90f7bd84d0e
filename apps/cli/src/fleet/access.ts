import { openAppDb, type AppDbConnection } from '@tenantry/app-db/open'
import { parseKeyring, type Keyring } from '@tenantry/credentials/keyring'
import { userInfo } from 'node:os'
import { findConfiguration } from '../access.ts'
import type { Shell } from '../shell.ts'

/** What a command over all databases needs: the application database, and the keys of the owners' side. */
export interface FleetAccess {
  app: AppDbConnection
  keyring: Keyring
  operatorName: string
}

export async function withFleet<T>(shell: Shell, work: (access: FleetAccess) => Promise<T>): Promise<T> {
  const { target, keys } = findConfiguration(shell)
  await using app = openAppDb({ target: { ...target, applicationName: 'tenantry-cli' } })
  return await work({ app, keyring: parseKeyring(keys), operatorName: userInfo().username })
}
