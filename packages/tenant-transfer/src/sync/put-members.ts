import type { Sides } from '../sides.ts'

/** The people who own records, as the tenant database refers to them. */
export async function putMembers({ tenant, target }: Sides): Promise<void> {
  await target.run(
    `insert into crm.member_refs (user_id, display_name, email, status)
     select m.id, m.name, m.email, m.status from jsonb_to_recordset($1::jsonb) m (id uuid, name text, email text, status text)
     on conflict (tenant_id, user_id) do nothing`,
    [JSON.stringify(tenant.members)],
  )
}
