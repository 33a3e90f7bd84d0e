import type { TenantStatus } from '@tenantry/contracts/session'
import { findTenant } from '@tenantry/fleet/tenant-place'
import { companyFor, createCompany, setState } from '../company.ts'
import { plainTarget, type Ground } from '../ground.ts'
import type { StateProgramInput } from '../programs/tenant-state.ts'
import type { CrashStage } from '../stage.ts'

/** A change of state that was killed anywhere and is run again holds for the status and for the logins alike. */
export function tenantState(state: TenantStatus): CrashStage {
  return {
    name: `tenant ${state}`,
    program: 'tenant-state.ts',
    async begin(ground, count) {
      const company = companyFor(`state-${state}`, count, 'dedicated')
      await createCompany(ground, company)
      if (state === 'active') await setState(ground, company.slug, 'archived')
      const input: StateProgramInput = {
        app: plainTarget(ground.appTarget),
        server: plainTarget(ground.server),
        slug: company.slug,
        state,
      }
      return { input: { ...input }, examine: () => examine(ground, company.slug, state) }
    },
  }
}

async function examine(ground: Ground, slug: string, state: TenantStatus): Promise<string[]> {
  const { status, place } = await findTenant(ground.app, slug)
  if (place === null) return [`${slug} has no database`]
  const [found] = await ground.ask(
    place.database,
    `select rolcanlogin as enters, has_table_privilege(oid, 'crm.accounts', 'select') as reads,
       has_table_privilege(oid, 'crm.accounts', 'insert') as writes from pg_roles where rolname = $1`,
    [place.appRole],
  )
  const wanted = { enters: state !== 'archived', writes: state === 'active' }
  return [
    ...(status === state ? [] : [`${slug} is ${status}`]),
    ...(found?.['enters'] === wanted.enters ? [] : [`the login of ${slug} enters: ${String(found?.['enters'])}`]),
    ...(found?.['writes'] === wanted.writes ? [] : [`the login of ${slug} writes: ${String(found?.['writes'])}`]),
  ]
}
