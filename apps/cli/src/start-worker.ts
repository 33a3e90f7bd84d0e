import { openAppDb } from '@tenantry/app-db/open'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { openDataSources } from '@tenantry/data-sources'
import { TenantryError } from '@tenantry/errors'
import { openLogger } from '@tenantry/telemetry/logger'
import { openWorker } from '@tenantry/worker'
import { openMailTransport } from '@tenantry/worker/transport'
import { findConfiguration } from './access.ts'
import { findRunningDemo } from './demo/running-demo.ts'
import { urlOf } from './demo/write-servers-file.ts'
import type { Shell } from './shell.ts'

export interface RunningWorker {
  /** Lets what is under way end, and closes every connection. */
  close(): Promise<void>
}

/** A worker of this process, for as long as it is not closed. Throws CONFIGURATION_INVALID where nothing says how mail leaves. */
export async function startWorker(shell: Shell): Promise<RunningWorker> {
  const { target, keys, source } = findConfiguration(shell)
  const logger = openLogger({ level: shell.env.LOG_LEVEL })
  const keyring = parseKeyring(keys)
  const isDemo = source === 'demo'
  const transport = openMailTransport(isDemo ? { MAIL_FOLDER: shell.demoFolder.mailFolder } : shell.env)
  const origin = isDemo ? findRunningDemo(shell.demoFolder)?.url : shell.env.APP_ORIGIN
  if (transport === undefined || origin === undefined) {
    throw new TenantryError('CONFIGURATION_INVALID', {
      message: 'The worker needs APP_ORIGIN for the links in mails, and MAIL_SMTP_URL or MAIL_FOLDER to send them.',
    })
  }
  const app = openAppDb({ target: { ...target, applicationName: 'tenantry-worker' } })
  const dataSources = openDataSources({ appDb: app.db, keyring, logger, changes: app.tenantChanges })
  // The queue's library has a driver of its own, which checks no certificate unless it is told to.
  const appDatabaseUrl = target.tls === 'off' ? urlOf(target) : `${urlOf(target)}?sslmode=verify-full`
  const worker = await openWorker({ app, dataSources, keyring, transport, origin, appDatabaseUrl, logger })
  return {
    async close() {
      await worker.close()
      await transport[Symbol.asyncDispose]()
      await dataSources.close()
      await app.close()
    },
  }
}
