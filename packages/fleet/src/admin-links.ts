import { openAdminLink, type AdminLink, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'

/** An administrator's connections for one piece of work, each opened with its first use: a new backend costs 10 ms. */
export interface AdminLinks extends AsyncDisposable {
  /** To the database that was there before. */
  server(): Promise<AdminRun>
  /** To the one that is being made. */
  database(): Promise<AdminRun>
}

export function openAdminLinks(server: Target, database: string): AdminLinks {
  const opened: Promise<AdminLink>[] = []
  const lazily = (target: Target) => {
    let link: Promise<AdminLink> | undefined
    return async () => {
      if (link === undefined) opened.push((link = openAdminLink(target)))
      return (await link).run
    }
  }
  return {
    server: lazily(server),
    database: lazily({ ...server, database }),
    async [Symbol.asyncDispose]() {
      for (const link of await Promise.allSettled(opened)) if (link.status === 'fulfilled') await link.value.close()
    },
  }
}
