import { failsClosed, linted, type Program } from '../program.ts'
import { lintable, running } from './openings.ts'

/** Grants and handles are worth nothing once their request is over. */
export const outlived: Program[] = [
  linted(
    'packages/api',
    'a read that nobody waits for, and that outlives its handle',
    lintable('given.dataSources.withTenant(given.grant, async (db) => {\n  ⟦ ⇒ await ⟧read(db, given)\n})'),
    'no-floating-promises',
  ),
  failsClosed(
    'packages/api',
    'a grant kept for the next request',
    running('  given.wait(⟦61_000 ⇒ 1_000⟧)\n  return readBy(given.grant, given)'),
    'GRANT_REFUSED',
  ),
  failsClosed(
    'packages/api',
    'a reading handle kept past its request',
    running(
      '  const kept = await given.dataSources.withTenant(given.grant, async (db) => ({ db, rows: await read(db, given) }))\n  return ⟦read(kept.db, given) ⇒ kept.rows⟧',
    ),
    'HANDLE_CLOSED',
  ),
  failsClosed(
    'packages/api',
    'a writing handle kept past its transaction',
    running(`  const kept = await given.dataSources.withTenantWriter(given.grant, async (db) => ({ db, pipelines: await db.pipelines.list() }))
  return kept.⟦db.accounts.create(newAccount) ⇒ pipelines⟧`),
    'HANDLE_CLOSED',
  ),
  failsClosed(
    'packages/api',
    'a repository kept past its request',
    running(
      '  const kept = await given.dataSources.withTenant(given.grant, async ({ accounts }) => ({ accounts, rows: await accounts.list(given.query) }))\n  return ⟦kept.accounts.list(given.query) ⇒ kept.rows⟧',
    ),
    'HANDLE_CLOSED',
  ),
  failsClosed(
    'packages/api',
    'a question asked later, by a closure that was handed out',
    running(`  const ask = await given.dataSources.withTenant(given.grant, async (db) => {
    const later = () => db.accounts.count(given.query)
    return { later, now: await later() }
  })
  return ask.⟦later() ⇒ now⟧`),
    'HANDLE_CLOSED',
  ),
  failsClosed(
    'packages/api',
    'a handle of the application database kept past its transaction',
    running(`  const kept = await given.appDb.transaction(async (tx) => ({ tx, members: await tx.memberships.list(given.grant) }))
  return kept.⟦tx.memberships.list(given.grant) ⇒ members⟧`),
    'HANDLE_CLOSED',
  ),
]
