import { Link } from './link.ts'
import type { Target } from './target.ts'
import { translateConnectFailure, translateFailure } from './translate.ts'

/**
 * Sends text as it is: one statement with `$1` parameters, or a script of several without parameters. Outside a
 * transaction, so CREATE DATABASE works; a script of several runs as one implicit transaction. Gives the rows of the
 * last statement.
 */
export type AdminRun = <Row extends Record<string, unknown> = Record<string, unknown>>(
  text: string,
  parameters?: readonly unknown[],
) => Promise<Row[]>

export interface AdminOptions {
  /** Default 5,000. */
  connectMs?: number
  /** Default 60,000. */
  statementMs?: number
}

export interface AdminLink extends AsyncDisposable {
  run: AdminRun
  close(): Promise<void>
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

/** One connection that may write without BEGIN READ WRITE, for provisioning, migrations and tests. */
export async function openAdminLink(target: Target, options: AdminOptions = {}): Promise<AdminLink> {
  const link = await openLink(target, options)
  const close = async () => {
    link.close()
  }
  return { run: runOn(link), close, [Symbol.asyncDispose]: close }
}

/** A link as the modules of this package see it. Throws CONNECTION_REFUSED. */
export async function openLink(
  target: Target,
  { connectMs = 5000, statementMs = 60_000 }: AdminOptions,
): Promise<Link> {
  try {
    return await Link.open(target, { connectMs, statementMs, readOnly: false })
  } catch (error) {
    throw translateConnectFailure(error)
  }
}

export function runOn(link: Link): AdminRun {
  return async <Row extends Record<string, unknown>>(text: string, parameters: readonly unknown[] = []) => {
    try {
      const rows = await link.run(text, parameters, parameters.length === 0 ? 'script' : 'objects')
      // Several statements give a list of lists. The caller names the columns of its own statement.
      return (rows.command === undefined ? (rows.at(-1) ?? []) : rows) as Row[]
    } catch (error) {
      throw translateFailure(error)
    }
  }
}
