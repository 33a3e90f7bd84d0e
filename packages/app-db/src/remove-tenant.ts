import { withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { TenantId } from '@tenantry/contracts/ids'

/**
 * Removes a tenant, its members and whoever belongs to no other company, is no operator and has left no trace in another
 * company, such as the support access of a former operator, in one transaction; what points at the tenant goes with it.
 * The audit log and the journal of runs stay. Does nothing to a tenant that is not there. `admin` owns schema
 * `app`: the application's own login cannot remove anything.
 */
export async function removeTenant(admin: Target, operatorName: string, id: TenantId): Promise<void> {
  await withAdminConnection(admin, async (run) => {
    const entry = { actorKind: 'operator', actorName: operatorName, action: 'tenant.deleted' }
    await run('begin')
    await run('select app.announce_tenant_change($1::jsonb)', [JSON.stringify(entry)])
    const people = await run<{ user_id: string }>('select user_id from app.memberships where tenant_id = $1', [id])
    for (const { table, column } of await pointersAt(run, 'app.tenants')) {
      await run(`delete from ${table} where ${column} = $1`, [id])
    }
    await run('delete from app.tenants where id = $1', [id])
    const holds = [{ table: 'app.operators', column: 'user_id' }, ...(await pointersAt(run, 'app.users'))]
    const isNobodys = holds.map(({ table, column }) => `not exists (select from ${table} p where p.${column} = u.id)`)
    await run(`delete from app.users u where u.id = any($1::uuid[]) and ${isNobodys.join(' and ')}`, [
      people.map((person) => person.user_id),
    ])
    await run('commit')
  })
}

/** Quoted by the server. What cascades or is emptied needs no help. */
async function pointersAt(run: AdminRun, table: string): Promise<{ table: string; column: string }[]> {
  return await run<{ table: string; column: string }>(
    `select k.conrelid::regclass::text as table, quote_ident(a.attname) as column
     from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
     where k.contype = 'f' and k.confrelid = $1::text::regclass and k.confdeltype in ('a', 'r')`,
    [table],
  )
}
