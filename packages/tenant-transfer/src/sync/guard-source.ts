import type { CopyLink } from '@tenantry/connections/copy'
import { isTenantryError } from '@tenantry/errors'
import { setTimeout as sleep } from 'node:timers/promises'
import { legacyTableNames, type LegacyTable } from '../legacy/columns.ts'
import type { Sides } from '../sides.ts'

/**
 * Makes the old tables ask who is in charge: a trigger on each row that is written, a policy on each row that is read. Other
 * companies notice nothing. Runs twice without harm; waits for each table's lock only briefly and lets others pass.
 */
export async function guardSource({ control }: Sides): Promise<void> {
  await control.run(movedCompanies)
  await control.run(`set lock_timeout = '2s'`)
  for (const table of legacyTableNames) {
    if (await isGuarded(control, table)) continue
    await retryLock(() => control.run(guards(table)))
  }
  await control.run('reset lock_timeout')
}

/**
 * Policies ask in the name of whoever reads. The function they call stands beside the old tables, not in schema `app`, whose
 * migrations take every right on its functions from everybody.
 */
const movedCompanies = `
  create or replace function public.tenantry_moved_companies() returns uuid[]
    language sql stable security definer set search_path = pg_catalog as 'select app.moved_companies()';
  grant execute on function public.tenantry_moved_companies() to public;`

async function isGuarded(control: CopyLink, table: LegacyTable): Promise<boolean> {
  const [found] = await control.run<{ guarded: boolean }>(
    `select c.relforcerowsecurity and c.relreplident = 'f'
       and exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'tenantry_guard_rows')
       and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenantry_not_moved') as guarded
     from pg_class c where c.oid = $1::regclass`,
    [`public.${table}`],
  )
  return found?.guarded === true
}

/** One implicit transaction. Rows that leave or enter the filter of a publication need their old version: replica identity full. */
function guards(table: LegacyTable): string {
  return `
    create or replace trigger tenantry_guard_rows before insert or update or delete on public.${table}
      for each row execute function app.guard_moving_rows();
    create or replace trigger tenantry_guard_table before truncate on public.${table}
      for each statement execute function app.guard_moving_tables();
    do $$ begin
      if not (select relrowsecurity from pg_class where oid = 'public.${table}'::regclass) then
        create policy tenantry_everybody on public.${table} using (true) with check (true);
      end if;
    end $$;
    drop policy if exists tenantry_not_moved on public.${table};
    create policy tenantry_not_moved on public.${table} as restrictive
      using (not (tenant_id = any ((select public.tenantry_moved_companies())::uuid[]))) with check (true);
    alter table public.${table} enable row level security, force row level security, replica identity full;`
}

async function retryLock(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work()
      return
    } catch (error) {
      if (!isTenantryError(error) || error.detail?.['sqlstate'] !== '55P03' || attempt === 20) throw error
      await sleep(100 * attempt)
    }
  }
}
