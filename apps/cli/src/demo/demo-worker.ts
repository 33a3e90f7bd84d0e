import type { Target } from '@tenantry/connections/target'
import { TenantryError } from '@tenantry/errors'
import { openFileStore } from '@tenantry/files/open'
import { openMailTransport } from '@tenantry/worker/transport'
import type { Shell } from '../shell.ts'
import { demoNetworks, startWorker, type RunningWorker } from '../start-worker.ts'
import { appRole } from './build-world.ts'
import type { DemoSecrets } from './demo-folder.ts'
import { appDatabaseName } from './servers.ts'

export interface DemoPlace {
  /** Where the application database is. */
  server: Target
  secrets: DemoSecrets
  url: string
}

/** Mails of the demo never leave the machine: they end in its mailbox, whatever the environment says. */
export function startDemoWorker(shell: Shell, { server, secrets, url }: DemoPlace): Promise<RunningWorker> {
  const transport = openMailTransport({ MAIL_FOLDER: shell.demoFolder.mailFolder })
  if (transport === undefined) throw new TenantryError('INTERNAL', { message: 'The demo has no mailbox.' })
  const target: Target = { ...server, database: appDatabaseName, user: appRole, password: () => secrets.appPassword }
  return startWorker({
    target,
    keys: secrets.keys,
    mail: { transport, origin: url },
    files: openFileStore({ FILES_FOLDER: shell.demoFolder.filesFolder }),
    webhookNetworks: demoNetworks,
    testPaymentsFolder: shell.demoFolder.testPaymentsFolder,
    logLevel: shell.env.LOG_LEVEL,
  })
}
