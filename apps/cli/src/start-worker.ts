import { openAppDb } from '@tenantry/app-db/open'
import { type Target, urlOf } from '@tenantry/connections/target'
import { TestPaymentProvider } from '@tenantry/crm/test-payment-provider'
import { parseKeyring } from '@tenantry/credentials/keyring'
import { openDataSources } from '@tenantry/data-sources'
import { TenantryError } from '@tenantry/errors'
import { openLogger } from '@tenantry/telemetry/logger'
import { openWorker } from '@tenantry/worker'
import { parseNetworks } from '@tenantry/worker/networks'
import { openMailTransport, type MailTransport } from '@tenantry/worker/transport'
import type { FileStore } from '@tenantry/files/store'
import { findConfiguration, findFileStore } from './access.ts'
import { findRunningDemo } from './demo/running-demo.ts'
import type { Shell } from './shell.ts'

export interface WorkerConfiguration {
  /** The application database. */
  target: Target
  /** The keyring's text. */
  keys: string
  /** How mails leave, and where customers reach the application; undefined where nothing says how. */
  mail: { transport: MailTransport; origin: string } | undefined
  /** Networks that webhooks may reach beside the internet, as the environment names them. */
  webhookNetworks: string | undefined
  /** Where files are; undefined where nothing says so. */
  files: FileStore | undefined
  /** Where the provider for tests keeps its books; undefined where payments are not asked about. */
  testPaymentsFolder: string | undefined
  logLevel: Shell['env']['LOG_LEVEL']
}

/** Webhooks of the demo reach programs on this machine. */
export const demoNetworks = '127.0.0.0/8,::1/128'

export interface RunningWorker {
  /** Lets what is under way end, and closes every connection. */
  close(): Promise<void>
}

/** From the environment, or from the running demo. Throws CONFIGURATION_INVALID. */
export function findWorkerConfiguration(shell: Shell): WorkerConfiguration {
  const { target, keys, source } = findConfiguration(shell)
  const isDemo = source === 'demo'
  const transport = openMailTransport(isDemo ? { MAIL_FOLDER: shell.demoFolder.mailFolder } : shell.env)
  const origin = isDemo ? findRunningDemo(shell.demoFolder)?.url : shell.env.APP_ORIGIN
  const webhookNetworks = isDemo ? demoNetworks : shell.env.WEBHOOK_NETWORKS
  const testPaymentsFolder = isDemo ? shell.demoFolder.testPaymentsFolder : shell.env.TEST_PAYMENTS_FOLDER
  const mail = mailOf(transport, origin)
  const files = findFileStore(shell)
  return { target, keys, mail, files, webhookNetworks, testPaymentsFolder, logLevel: shell.env.LOG_LEVEL }
}

function mailOf(transport: MailTransport | undefined, origin: string | undefined): WorkerConfiguration['mail'] {
  if (transport === undefined) return undefined
  if (origin !== undefined) return { transport, origin }
  throw new TenantryError('CONFIGURATION_INVALID', { message: 'The worker needs APP_ORIGIN for the links in mails.' })
}

/** A worker of this process, for as long as it is not closed. */
export async function startWorker(configuration: WorkerConfiguration): Promise<RunningWorker> {
  const { target, keys, mail, files, testPaymentsFolder: folder, logLevel } = configuration
  const payments = folder === undefined ? undefined : { provider: new TestPaymentProvider({ folder }) }
  const networks = parseNetworks(configuration.webhookNetworks)
  const logger = openLogger({ level: logLevel })
  const keyring = parseKeyring(keys)
  const app = openAppDb({ target: { ...target, applicationName: 'tenantry-worker' } })
  const dataSources = openDataSources({ appDb: app.db, keyring, logger, changes: app.tenantChanges })
  const closePlanes = async () => {
    await mail?.transport[Symbol.asyncDispose]()
    await files?.[Symbol.asyncDispose]()
    await dataSources.close()
    await app.close()
  }
  // The queue's library has a driver of its own, which checks no certificate unless the URL tells it to.
  const appDatabaseUrl = urlOf(target)
  try {
    const worker = await openWorker({
      app,
      dataSources,
      keyring,
      mail,
      files,
      payments,
      networks,
      appDatabaseUrl,
      logger,
    })
    return { close: () => worker.close().finally(closePlanes) }
  } catch (error) {
    await closePlanes()
    throw error
  }
}
