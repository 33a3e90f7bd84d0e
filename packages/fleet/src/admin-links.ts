import { openAdminLink, type AdminLink, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'

/** An administrator's connections for one piece of work, each opened once and when it is first asked for. */
export interface AdminLinks extends AsyncDisposable {
  /** Begins to open one that is needed soon: a new backend costs 10 ms. A failure is told to who asks for it. */
  prepare(which: 'server' | 'database'): void
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
  const links = { server: lazily(server), database: lazily({ ...server, database }) }
  return {
    ...links,
    prepare: (which) => void links[which]().catch(() => {}),
    async [Symbol.asyncDispose]() {
      for (const link of await Promise.allSettled(opened)) if (link.status === 'fulfilled') await link.value.close()
    },
  }
}
