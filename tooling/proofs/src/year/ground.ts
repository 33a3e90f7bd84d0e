import { type Target, urlOf } from '@tenantry/connections/target'
import { generateKey } from '@tenantry/credentials/keyring'
import { startServer } from '@tenantry/local-postgres'
import { createAppDatabase } from '@tenantry/testing/app-database'
import { adminOf } from '@tenantry/testing/databases'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { addressOf, writeSecret } from '../tour/ground.ts'

/** A server with the application database, on which the company gets a database too, and folders for files and mails. */
export interface YearGround extends AsyncDisposable {
  /** The superuser of the server. */
  server: Target
  /** The owner of the application database. */
  application: Target
  mailFolder: string
  /** Settings of commands, of the web application and of the worker. */
  environment: Record<string, string>
}

export async function openYearGround(): Promise<YearGround> {
  const server = await startServer({ ephemeral: true })
  const folder = makeTemporaryFolder()
  const close = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const database = await createAppDatabase(addressOf(server))
    const admin = adminOf(addressOf(server), 'postgres')
    const [serversFile, keysFile] = [join(folder, 'servers.json'), join(folder, 'keys')]
    const servers = { here: { url: urlOf(admin), region: 'here' } }
    writeSecret(serversFile, JSON.stringify({ application: urlOf(database.admin), servers }))
    writeSecret(keysFile, `k1:${generateKey()}\n`)
    const [mailFolder, filesFolder] = [join(folder, 'mailbox'), join(folder, 'files')]
    for (const path of [mailFolder, filesFolder]) mkdirSync(path, { mode: 0o700 })
    return {
      server: admin,
      application: database.admin,
      mailFolder,
      environment: {
        APP_DATABASE_URL: urlOf(database.app),
        TENANTRY_KEYS_FILE: keysFile,
        TENANTRY_SERVERS_FILE: serversFile,
        MAIL_FOLDER: mailFolder,
        FILES_FOLDER: filesFolder,
        TEST_PAYMENTS_FOLDER: join(folder, 'test-payments'),
        WEBHOOK_NETWORKS: '127.0.0.1/32',
      },
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
