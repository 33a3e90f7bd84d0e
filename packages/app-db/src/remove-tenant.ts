import { withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { TenantId } from '@tenantry/contracts/ids'

/**
 * Removes a tenant, its members and whoever belongs to no other company and is no operator, in one transaction; what points at the tenant
 * goes with it. The audit log and the journal of runs stay. Does nothing to a tenant that is not there. `admin` owns schema
 * `app`: the application's own login cannot remove anything.
 */
export async function removeTenant(admin: Target, operatorName: string, id: TenantId): Promise<void> {
  await withAdminConnection(admin, async (run) => {
    const entry = { actorKind: 'operator', actorName: operatorName, action: 'tenant.deleted' }
    await run('begin')
    await run('select app.announce_tenant_change($1::jsonb)', [JSON.stringify(entry)])
    const people = await run<{ user_id: string }>('select user_id from app.memberships where tenant_id = $1', [id])
    for (const { table, column } of await pointersAtTenants(run)) {
      await run(`delete from ${table} where ${column} = $1`, [id])
    }
    await run('delete from app.tenants where id = $1', [id])
    await run(
      `delete from app.users u where u.id = any($1::uuid[])
        and not exists (select from app.memberships m where m.user_id = u.id)
        and not exists (select from app.operators o where o.user_id = u.id)`,
      [people.map((person) => person.user_id)],
    )
    await run('commit')
  })
}

/** Quoted by the server. What cascades or is emptied needs no help. */
async function pointersAtTenants(run: AdminRun): Promise<{ table: string; column: string }[]> {
  return await run<{ table: string; column: string }>(`
    select k.conrelid::regclass::text as table, quote_ident(a.attname) as column
    from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.contype = 'f' and k.confrelid = 'app.tenants'::regclass and k.confdeltype in ('a', 'r')`)
}
