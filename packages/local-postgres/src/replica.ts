import { chmodSync, cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { failed } from './failures.ts'

/** What is known of a server whose cluster is to be copied. */
export interface Primary {
  folder: string
  port: number
  password: string
  stop(): Promise<void>
  start(): Promise<void>
}

/**
 * Fills a folder with a copy of the primary's cluster that follows it from there on by streaming replication. The cluster
 * is copied while the primary is stopped in order, for the second or less that takes; it starts again in any case.
 */
export async function copyAsReplica(primary: Primary, folder: string): Promise<void> {
  const data = join(folder, 'data')
  await primary.stop()
  try {
    cpSync(join(primary.folder, 'superuser-password'), join(folder, 'superuser-password'))
    cpSync(join(primary.folder, 'data'), data, { recursive: true, verbatimSymlinks: true })
    chmodSync(data, 0o700)
    writeFileSync(join(data, 'standby.signal'), '')
    writeFileSync(join(data, 'postgresql.auto.conf'), `primary_conninfo = '${conninfo(primary)}'\n`, { mode: 0o600 })
  } catch (cause) {
    throw failed(cause, { folder })
  } finally {
    await primary.start()
  }
}

/** The password is made of letters, digits, - and _. */
function conninfo({ port, password }: Primary): string {
  return `host=127.0.0.1 port=${port} user=postgres password=${password} application_name=tenantry_replica`
}
