import type { Target } from './target.ts'

/**
 * Sends text as it is: one statement with `$1` parameters, or a script of several without parameters. Outside a
 * transaction, so CREATE DATABASE works; a script runs as one implicit transaction.
 */
export type AdminRun = <Row extends Record<string, unknown> = Record<string, unknown>>(
  text: string,
  parameters?: readonly unknown[],
) => Promise<Row[]>

export interface AdminOptions {
  connectMs?: number
  /** Default 60,000. */
  statementMs?: number
}

export interface AdminLink extends AsyncDisposable {
  run: AdminRun
  close(): Promise<void>
}

/** One connection that may write without BEGIN READ WRITE, for provisioning, migrations and tests. */
export function openAdminLink(target: Target, options: AdminOptions = {}): Promise<AdminLink> {
  return Promise.reject(new Error(`not built yet ${target.port} ${options.connectMs}`))
}

/** Opens an admin link for one piece of work and closes it. */
export async function withAdminConnection<T>(
  target: Target,
  work: (run: AdminRun) => Promise<T>,
  options: AdminOptions = {},
): Promise<T> {
  await using link = await openAdminLink(target, options)
  return await work(link.run)
}
