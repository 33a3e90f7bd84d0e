import { openAdminLink, withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { createTenantDatabase, type TenantDatabase } from '@tenantry/testing/tenant-database'
import { mainServer } from '@tenantry/vitest-config/servers'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loginGroupsOf } from './provision-groups.ts'

/** The company's, whoever made them; an allocation is read with its payment and its invoice, what is left with the invoice. */
const everybodys = [
  'catalog_items',
  'company',
  'custom_fields',
  'invoice_sums',
  'locations',
  'member_refs',
  'number_series',
  'payment_allocations',
  'pipeline_stages',
  'pipelines',
  'record_merges',
  'resource_bookings',
  'resource_members',
  'resources',
  'saved_views',
  // Nobody may read it, and who is limited is given the records that they see.
  'search_texts',
  // Who may not see whose an address was must know all the same that nothing is sent there.
  'suppressed_addresses',
  'task_templates',
  'transfer_marks',
  'transfer_quarantine',
  'webhook_attempts',
  'webhook_changes',
  'webhook_listening',
  'webhook_messages',
]

let shared: TenantDatabase
let bloom: Target
let cedar: Target
let bloomId: string
let cedarId: string

beforeAll(async () => {
  shared = await createTenantDatabase(mainServer(), 2)
  const [first, second] = shared.tenants
  if (!first || !second) throw new Error('two tenants were asked for')
  bloom = first.app
  cedar = second.app
  bloomId = first.tenantIdInDataSource
  cedarId = second.tenantIdInDataSource
})
afterAll(() => shared.drop())

describe('the catalogue of a tenant database', () => {
  test('every table with a tenant has row security enabled and forced', async () => {
    const tables = await asAdmin(`
      select c.relname as table, c.relrowsecurity as enabled, c.relforcerowsecurity as forced
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
      where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p')`)
    expect(tables.length).toBeGreaterThanOrEqual(36)
    // Whose owner asks an index that nobody else can ask, and whom it serves it says itself: search-texts/attacks.test.ts.
    const asked = { table: 'search_texts', enabled: true, forced: false }
    expect(tables.filter((table) => !table['enabled'] || !table['forced'])).toEqual([asked])
  })

  test('every table with a tenant has exactly one policy that admits rows, and it asks for the tenant of the session', async () => {
    const policies = await asAdmin(`
      select c.relname as table, p.polname as policy, p.polcmd as command, p.polpermissive as permissive,
        p.polroles = '{0}' as everybody, pg_get_expr(p.polqual, p.polrelid) as using,
        pg_get_expr(p.polwithcheck, p.polrelid) as check
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
      left join pg_policy p on p.polrelid = c.oid and p.polpermissive
      where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'identity'`)
    const isolation = '(tenant_id = ( SELECT crm.current_tenant() AS current_tenant))'
    for (const { table, ...policy } of policies) {
      expect({ table, ...policy }).toEqual({
        table,
        policy: 'tenant_isolation',
        command: '*',
        permissive: true,
        everybody: true,
        using: isolation,
        check: isolation,
      })
    }
  })

  test('every foreign key to what can be limited is guarded, so that no member can point at what they do not see', async () => {
    const keys = await asAdmin(`
      select c.conname as key, exists (
          select from pg_trigger g where g.tgrelid = c.conrelid and g.tgname = c.conname || '_seen' and g.tgenabled = 'O') as guarded
      from pg_constraint c
      where c.contype = 'f' and c.connamespace = 'crm'::regnamespace and exists (
        select from pg_policy p where p.polrelid = c.confrelid and not p.polpermissive and p.polcmd = 'w')`)
    expect(keys.length).toBeGreaterThan(50)
    expect(keys.filter((key) => !key['guarded'])).toEqual([])
  })

  test('a table holds limits for reading and for each way of writing, or belongs to a record that does, or to nobody', async () => {
    const tables = await asAdmin(`
      select c.relname as table, coalesce(string_agg(p.polcmd::text, '' order by p.polcmd), '') as commands
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
      left join pg_policy p on p.polrelid = c.oid and not p.polpermissive
      where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'identity' group by 1`)
    const holding = (commands: string) =>
      tables.filter((row) => row['commands'] === commands).map((row) => String(row['table']))
    expect(holding('adrw').toSorted()).toEqual([
      'accounts',
      'attachments',
      'communications',
      'contacts',
      'contracts',
      'event_dates',
      'events',
      'invoices',
      'leads',
      'notes',
      'opportunities',
      'payments',
      'quotes',
      'tasks',
    ])
    expect(holding('r').toSorted()).toEqual([
      'contact_accounts',
      'contact_points',
      'contract_signers',
      'import_batches',
      'import_rows',
      'invoice_line_items',
      'opportunity_line_items',
      'opportunity_stage_history',
      'opportunity_sums',
      'outbox',
      'payment_schedule',
      'quote_line_items',
      'record_changes',
      'record_links',
    ])
    // Whoever adds a table decides where it belongs.
    expect(holding('').toSorted()).toEqual(everybodys)
  })

  test('the identity shows a session its own row only, and lets nobody admit itself', async () => {
    const ownTenant = '(tenant_id = ( SELECT crm.current_tenant() AS current_tenant))'
    const policies = await asAdmin(`
      select polname as policy, polcmd as command, pg_get_expr(polqual, polrelid) as using,
        pg_get_expr(polwithcheck, polrelid) as check
      from pg_policy where polrelid = 'crm.identity'::regclass order by polname`)
    expect(policies).toEqual([
      { policy: 'admission', command: 'a', using: null, check: '(role <> SESSION_USER)' },
      { policy: 'own_moves', command: 'w', using: ownTenant, check: ownTenant },
      { policy: 'own_row', command: 'r', using: '(role = SESSION_USER)', check: null },
    ])
  })

  test('every table without a tenant can only be read', async () => {
    const writable = await asAdmin(`
      select c.relname as table from pg_class c, pg_roles r
      where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p', 'v') and r.rolname = '${bloom.user}'
        and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
        and has_table_privilege(r.oid, c.oid, 'insert, update, delete, truncate, references, trigger')`)
    expect(writable).toEqual([])
  })

  test('every view reads with the rights of whoever asks, and nothing is materialised', async () => {
    const views = await asAdmin(`
      select relname as view from pg_class where relnamespace = 'crm'::regnamespace
        and (relkind = 'm' or relkind = 'v' and not coalesce('security_invoker=true' = any(reloptions), false))`)
    expect(views).toEqual([])
  })

  test('every foreign key between tenants’ tables carries the tenant, and empties only its own column', async () => {
    const keys = await asAdmin(`
      select k.conname as key, exists (
          select from unnest(k.conkey, k.confkey) pair(mine, theirs)
          join pg_attribute m on m.attrelid = k.conrelid and m.attnum = mine and m.attname = 'tenant_id'
          join pg_attribute t on t.attrelid = k.confrelid and t.attnum = theirs and t.attname = 'tenant_id') as carries,
        k.confdeltype = 'n' as empties,
        array(select attname::text from pg_attribute where attrelid = k.conrelid and attnum = any(k.confdelsetcols)) <@
          array(select attname::text from pg_attribute where attrelid = k.conrelid and attnum = any(k.conkey) and attname <> 'tenant_id')
          and cardinality(k.confdelsetcols) = 1 as "onlyItsOwn"
      from pg_constraint k join pg_attribute a on a.attrelid = k.confrelid and a.attname = 'tenant_id'
      where k.contype = 'f' and k.connamespace = 'crm'::regnamespace`)
    expect(keys.length).toBeGreaterThan(50)
    expect(keys.filter((key) => !key['carries'])).toEqual([])
    const emptying = keys.filter((key) => key['empties'])
    expect(emptying.length).toBeGreaterThan(20)
    expect(emptying.filter((key) => key['onlyItsOwn'] !== true)).toEqual([])
  })

  test('a lead points at the opportunity it became, a key that only the migration knows', async () => {
    const [key] = await asAdmin(`
      select confrelid::regclass::text as table from pg_constraint where conname = 'leads_converted_opportunity_fk'`)
    expect(key).toEqual({ table: 'crm.opportunities' })
  })
})

describe('the roles of a tenant database', () => {
  test('nobody who logs in is superuser, may bypass row security, or owns anything', async () => {
    const [roles] = await asAdmin(`
      select count(*)::int as logins,
        bool_or(rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication) as powerful,
        (select count(*)::int from pg_class where relowner = any(array_agg(r.oid))) as owned
      from pg_roles r join crm.identity i on i.role = r.rolname where rolcanlogin`)
    expect(roles).toEqual({ logins: 6, powerful: false, owned: 0 })
  })

  test('a role that serves requests has the rights of its group, is a member of nothing else, and lets nobody in', async () => {
    const memberships = await asAdmin(`
      select pg_get_userbyid(m.roleid) as group, inherit_option as inherits, set_option as becomes, admin_option as admits
      from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname in ('${bloom.user}', '${cedar.user}')`)
    const { serving } = loginGroupsOf(shared.ownerRole)
    const membership = { group: serving, inherits: true, becomes: false, admits: false }
    expect(memberships).toEqual([membership, membership])
  })

  test('the owner cannot log in', async () => {
    const [owner] = await asAdmin(
      `select rolcanlogin, rolsuper, rolbypassrls from pg_roles where rolname = '${shared.ownerRole}'`,
    )
    expect(owner).toEqual({ rolcanlogin: false, rolsuper: false, rolbypassrls: false })
  })

  test('PUBLIC may execute no function of ours, and neither connect nor make temporary tables', async () => {
    const [open] = await asAdmin(`
      select (select count(*)::int from pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
          where pronamespace = 'crm'::regnamespace and a.grantee = 0) as functions,
        (select count(*)::int from aclexplode(datacl) a where a.grantee = 0) as database
      from pg_database where datname = current_database()`)
    expect(open).toEqual({ functions: 0, database: 0 })
  })

  test('a role that serves requests runs the functions of identity, of policies and of the search, and no other', async () => {
    const functions = await asAdmin(`
      select proname as name from pg_proc
      where pronamespace = 'crm'::regnamespace and has_function_privilege('${bloom.user}', oid, 'execute') order by 1`)
    expect(functions.map((row) => row['name'])).toEqual([
      'account_is_of',
      'accounts_with_text',
      'contacts_with_text',
      'current_identity',
      'current_tenant',
      'hold_epoch',
      'is_about_reached',
      'is_changeable',
      'is_of_seen_contract',
      'is_seen',
      'opportunities_with_text',
      'pays_seen_invoice',
    ])
  })

  test('every security definer function has a fixed search path', async () => {
    const loose = await asAdmin(`
      select proname from pg_proc where pronamespace = 'crm'::regnamespace and prosecdef
        and not coalesce('search_path=""' = any(proconfig), false)`)
    expect(loose).toEqual([])
  })

  test.each([
    ['make a table', 'create table crm.stray (id int)'],
    ['make a table beside the extensions', 'create table public.stray (id int)'],
    ['make a temporary table', 'create temporary table stray (id int)'],
    ['read the identities', 'select * from crm.identity'],
    ['read the texts of the search', 'select * from crm.search_texts'],
    ['become the owner', 'set role crm_owner'],
    ['become the group that has its rights', 'set role crm_serving'],
    ['let somebody else into its group', 'grant crm_serving to pg_monitor'],
    ['let itself into a group', 'select crm.join_group(current_user, $$serving$$)'],
    ['turn row security off', 'alter table crm.accounts disable row level security'],
    ['raise its epoch', 'select crm.raise_epoch()'],
    ['lower its epoch', 'update crm.identity set epoch = 0'],
    ['admit itself', `call crm.admit('postgres', gen_random_uuid())`],
    ['rewrite history', `update crm.record_changes set diff = '{}'`],
    ['delete history', 'delete from crm.record_changes'],
    ['rewrite stage history', 'update crm.opportunity_stage_history set changed_by = null'],
    ['delete a payment', 'delete from crm.payments'],
    ['change the amount of a payment', 'update crm.payments set amount_minor = 1'],
    ['empty a table', 'truncate crm.accounts'],
    ['change the decimals of a currency', 'update crm.currencies set exponent = 0'],
    ['pretend that a migration ran', `insert into crm.schema_migrations (tag) values ('9999_pretended')`],
    ['make a migration run again', 'delete from crm.schema_migrations'],
  ])('a role that serves requests cannot %s', async (_, statement) => {
    const named = statement
      .replace('crm_owner', () => `"${shared.ownerRole}"`)
      .replace('crm_serving', () => `"${loginGroupsOf(shared.ownerRole).serving}"`)
    await expect(ask(bloom, named)).rejects.toMatchObject(refusedWith('42501'))
  })
})

describe('two tenants in one database', () => {
  test('a row written without naming a tenant belongs to the tenant of the login', async () => {
    const [row] = await ask(bloom, `insert into crm.accounts (name) values ('Of bloom') returning tenant_id`)
    expect(row).toEqual({ tenant_id: bloomId })
  })

  test('no table shows one tenant the rows of the other, nor lets it change or delete them', async () => {
    const id = randomUUID()
    await ask(cedar, `insert into crm.accounts (id, name) values ('${id}', 'Of cedar')`)
    expect(await ask(bloom, `select * from crm.accounts where id = '${id}'`)).toEqual([])
    expect(await ask(bloom, `select * from crm.accounts where tenant_id = '${cedarId}'`)).toEqual([])
    expect(await ask(bloom, `update crm.accounts set name = 'Taken' where id = '${id}' returning id`)).toEqual([])
    expect(await ask(bloom, `delete from crm.accounts where id = '${id}' returning id`)).toEqual([])
    expect(await ask(cedar, `select name from crm.accounts where id = '${id}'`)).toEqual([{ name: 'Of cedar' }])
  })

  test('a row cannot be written into, or handed over to, the other tenant', async () => {
    await expect(
      ask(bloom, `insert into crm.accounts (tenant_id, name) values ('${cedarId}', 'Planted')`),
    ).rejects.toMatchObject(refusedWith('42501'))
    const [own] = await ask(bloom, `insert into crm.accounts (name) values ('Own') returning id`)
    await expect(
      ask(bloom, `update crm.accounts set tenant_id = '${cedarId}' where id = '${String(own?.['id'])}'`),
    ).rejects.toMatchObject(refusedWith('42501'))
  })

  test('a link to the other tenant’s row is refused, even to the superuser', async () => {
    const [theirs] = await ask(cedar, `insert into crm.accounts (name) values ('Parent') returning id`)
    const link = (tenant: string) =>
      `insert into crm.accounts (tenant_id, name, parent_account_id) values ('${tenant}', 'Child', '${String(theirs?.['id'])}')`
    await expect(ask(bloom, link(bloomId))).rejects.toMatchObject(refusedWith('23503'))
    await expect(asAdmin(link(bloomId))).rejects.toMatchObject(refusedWith('23503'))
  })

  test('the same id may exist once for each tenant, so an insert tells nothing about the other', async () => {
    const id = randomUUID()
    await ask(cedar, `insert into crm.accounts (id, name) values ('${id}', 'One')`)
    await expect(ask(bloom, `insert into crm.accounts (id, name) values ('${id}', 'Other')`)).resolves.toEqual([])
  })
})

describe('whose rows a session sees', () => {
  test('a login that claims another tenant than its own gets nothing, not even an empty answer', async () => {
    const claimed = { ...bloom, startup: { 'tenantry.tenant_id': cedarId } }
    await expect(ask(claimed, 'select * from crm.accounts')).rejects.toMatchObject(refusedWith('28000'))
    await expect(ask(claimed, 'select * from crm.current_identity()')).rejects.toMatchObject(refusedWith('28000'))
  })

  test('changing the setting inside a session opens nothing: it can only be refused', async () => {
    await withAdminConnection(bloom, async (run) => {
      await run(`set tenantry.tenant_id = '${cedarId}'`)
      await expect(run('select * from crm.accounts')).rejects.toMatchObject(refusedWith('28000'))
      await run(`set tenantry.tenant_id = ''`)
      expect(await tenantsSeen(run)).toEqual([bloomId])
    })
  })

  test('behind a pooler, which drops the claim, the login alone decides', async () => {
    const [first] = shared.tenants
    if (!first) throw new Error('a tenant was asked for')
    await ask(bloom, `insert into crm.accounts (name) values ('Seen through a pooler')`)
    await withAdminConnection(first.pooled, async (run) => {
      expect(await tenantsSeen(run)).toEqual([bloomId])
      expect(await run('select * from crm.current_identity()')).toEqual([{ tenant_id: bloomId, epoch: '1' }])
    })
  })

  test('the login of the fleet sees its own tenant’s rows as the owner, and nobody else’s', async () => {
    const [first] = shared.tenants
    if (!first) throw new Error('a tenant was asked for')
    await ask(cedar, `insert into crm.accounts (name) values ('Not for bloom')`)
    await using link = await openAdminLink(first.service)
    expect(await tenantsSeen(link.run)).toEqual([bloomId])
  })

  test('a login that was never admitted is told so', async () => {
    const stranger = `stranger_${randomUUID().slice(0, 8)}`
    await asAdmin(`create role ${stranger} login password 'stranger'`)
    await asAdmin(`grant connect on database "${shared.admin.database}" to ${stranger}`)
    await asAdmin(`call crm.grant_serving_rights('${stranger}')`)
    const target = { ...shared.admin, user: stranger, password: () => 'stranger' }
    await expect(ask(target, 'select * from crm.accounts')).rejects.toMatchObject(refusedWith('28000'))
  })

  test('a role that serves one tenant cannot be given to another', async () => {
    await expect(asAdmin(`call crm.admit('${bloom.user}', '${cedarId}')`)).rejects.toMatchObject(refusedWith('23505'))
  })
})

function asAdmin(text: string) {
  return ask(shared.admin, text)
}

function ask(target: Target, text: string) {
  return withAdminConnection(target, (run) => run(text))
}

async function tenantsSeen(run: AdminRun): Promise<unknown[]> {
  const rows = await run('select distinct tenant_id from crm.accounts')
  return rows.map((row) => row['tenant_id'])
}

/** Refused by Postgres, for the reason that is expected. */
function refusedWith(sqlstate: '23503' | '23505' | '28000' | '42501') {
  return { detail: expect.objectContaining({ sqlstate }) }
}
