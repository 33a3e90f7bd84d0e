import { failsClosed, type Program } from '../program.ts'
import { running, runningInside } from './openings.ts'

/** What is called a handle by a cast, a guard or a wider view has nothing to ask when it runs. */
export const lies: Program[] = [
  failsClosed(
    'packages/api',
    'a handle cast in two steps',
    runningInside('    return read(⟦at.app as unknown as TenantReader ⇒ at.tenant⟧, given)'),
    'TypeError',
  ),
  failsClosed(
    'packages/api',
    'a type guard that lies',
    runningInside(`    const isTenant = (db: Handle): db is TenantReader => typeof db === 'object'
    const db: Handle = at.⟦app ⇒ tenant⟧
    return isTenant(db) ? read(db, given) : undefined`),
    'TypeError',
  ),
  failsClosed(
    'packages/api',
    'an overload that lies',
    runningInside(`    function asReader(db: Handle): TenantReader
    function asReader(db: unknown): unknown {
      return db
    }
    return read(asReader(at.⟦app ⇒ tenant⟧), given)`),
    'TypeError',
  ),
  failsClosed(
    'packages/api',
    'a method whose parameter is narrower than promised',
    runningInside(`    const work: { run(db: Handle): unknown } = { run: (db: TenantReader) => read(db, given) }
    return work.run(at.⟦app ⇒ tenant⟧)`),
    'TypeError',
  ),
  failsClosed(
    'packages/api',
    'a list of tenant handles, widened and added to',
    runningInside(`    const readers: TenantReader[] = []
    const handles: Handle[] = readers
    handles.push(at.⟦app ⇒ tenant⟧)
    return Promise.all(readers.map((db) => read(db, given)))`),
    'TypeError',
  ),
  failsClosed(
    'packages/api',
    'a record of handles, changed through a wider view of it',
    runningInside(`    const planes = { tenant: at.tenant }
    const view: { tenant: Handle } = planes
    view.tenant = at.⟦app ⇒ tenant⟧
    return read(planes.tenant, given)`),
    'TypeError',
  ),
  failsClosed(
    'packages/api',
    'a reading handle cast to a writing one',
    running(
      '  return given.dataSources.⟦withTenant ⇒ withTenantWriter⟧(given.grant, (db: TenantReader) => (db as TenantDb).accounts.create(newAccount))',
    ),
    'TypeError',
  ),
]
