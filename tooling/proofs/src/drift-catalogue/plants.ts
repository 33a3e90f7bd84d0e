/** Something that happens to schemas when people help themselves, and what must become of it. */
export interface Plant {
  name: string
  /** Run as the superuser; `{app}` is the role that serves the tenant, `{owner}` the owner, `{database}` the database. */
  sql: string
  /** What the difference must be called. */
  words: RegExp
  /** Who can repair it: the fleet's own login, only an administrator, or nobody without looking. */
  by: 'owner' | 'administrator' | 'a person'
  /** Rows go with the repair. */
  destroys?: true
}

export const plants: Plant[] = [
  owner(
    'a hand-made column',
    'alter table crm.accounts add column shoe_size int',
    /hand-made column accounts\.shoe_size/,
    true,
  ),
  owner('a lost column', 'alter table crm.kinds drop column note', /lacks the column kinds\.note/),
  owner('another type', 'alter table crm.kinds alter column note type varchar(80)', /column kinds\.note \(type\)/),
  owner(
    'another default',
    `alter table crm.accounts alter column status set default 'blocked'`,
    /column accounts\.status \(default\)/,
  ),
  owner(
    'a lost default',
    'alter table crm.kinds alter column tenant_id drop default',
    /column kinds\.tenant_id \(default\)/,
  ),
  owner(
    'a column that may be empty',
    'alter table crm.accounts alter column name drop not null',
    /column accounts\.name \(notNull\)/,
  ),
  owner(
    'a column computed otherwise',
    'alter table crm.kinds drop column doubled, add column doubled int generated always as (rating * 3) stored',
    /column kinds\.doubled \(default\)/,
  ),
  owner('a lost check', 'alter table crm.kinds drop constraint kinds_note', /lacks the constraint kinds\.kinds_note/),
  owner(
    'a weaker check',
    'alter table crm.kinds drop constraint kinds_note, add constraint kinds_note check (length(note) < 1000)',
    /constraint kinds\.kinds_note/,
  ),
  owner(
    'a check that old rows need not meet',
    'alter table crm.kinds drop constraint kinds_note, add constraint kinds_note check (length(note) < 100) not valid',
    /constraint kinds\.kinds_note/,
  ),
  owner(
    'a hand-made check',
    'alter table crm.accounts add constraint no_zebras check (name <> $$zebra$$)',
    /hand-made constraint accounts\.no_zebras/,
  ),
  owner(
    'a lost foreign key',
    'alter table crm.contact_points drop constraint contact_points_contact_fk',
    /lacks the constraint contact_points\.contact_points_contact_fk/,
  ),
  owner(
    'a lost exclusion of double bookings',
    'alter table crm.resource_bookings drop constraint resource_bookings_no_double_booking',
    /resource_bookings_no_double_booking/,
  ),
  owner('a lost index', 'drop index crm.accounts_by_name', /lacks the index accounts_by_name/),
  owner(
    'a hand-made index',
    'create index accounts_quickly on crm.accounts (website)',
    /hand-made index accounts_quickly/,
  ),
  owner(
    'an index over other columns',
    'drop index crm.kinds_by_mood; create index kinds_by_mood on crm.kinds (mood)',
    /another index kinds_by_mood/,
  ),
  owner(
    'an index that became invalid',
    `update pg_index set indisvalid = false where indexrelid = 'crm.kinds_by_mood'::regclass`,
    /another index kinds_by_mood/,
  ),
  owner('a lost trigger', 'drop trigger kinds_touched on crm.kinds', /lacks the trigger kinds\.kinds_touched/),
  owner(
    'a trigger that is switched off',
    'alter table crm.kinds disable trigger kinds_touched',
    /trigger kinds\.kinds_touched/,
  ),
  owner(
    'a hand-made trigger',
    'create trigger sneaky before insert on crm.accounts for each row execute function crm.touch()',
    /hand-made trigger accounts\.sneaky/,
  ),
  administrator(
    'foreign keys that are not checked',
    'alter table crm.contact_points disable trigger all',
    /disabled check contact_points\./,
  ),
  owner(
    'another body of a function',
    `create or replace function crm.current_tenant() returns uuid language sql stable security definer set search_path = '' as $$ select null::uuid $$`,
    /another function current_tenant\(\)/,
  ),
  owner(
    'a function that is not security definer any more',
    'alter function crm.current_tenant() security invoker',
    /another function current_tenant\(\)/,
  ),
  owner(
    'a hand-made function',
    'set role "{owner}"; create function crm.mine() returns int language sql as $$ select 1 $$; reset role',
    /hand-made function mine\(\)/,
  ),
  owner(
    'a lost function',
    'drop trigger kinds_touched on crm.kinds; drop function crm.touch()',
    /lacks the function touch\(\)/,
  ),
  owner('a lost policy', 'drop policy tenant_isolation on crm.accounts', /lacks the policy accounts\.tenant_isolation/),
  owner(
    'a policy that lets everything pass',
    'alter policy tenant_isolation on crm.accounts using (true)',
    /policy accounts\.tenant_isolation \(using\)/,
  ),
  owner(
    'a second policy',
    'create policy guests on crm.accounts for select using (true)',
    /hand-made policy accounts\.guests/,
  ),
  owner(
    'row security that is switched off',
    'alter table crm.accounts disable row level security',
    /table accounts \(rowSecurity\)/,
  ),
  owner(
    'row security that is not forced',
    'alter table crm.accounts no force row level security',
    /table accounts \(forced\)/,
  ),
  owner('a table that is not logged', 'alter table crm.kinds set unlogged', /table kinds \(persistence\)/),
  owner('a storage option', 'alter table crm.accounts set (autovacuum_enabled = false)', /table accounts \(options\)/),
  owner(
    'a hand-made table',
    'set role "{owner}"; create table crm.backup_of_accounts (id uuid); reset role',
    /hand-made table backup_of_accounts/,
    true,
  ),
  owner('a lost table', 'drop table crm.kinds', /lacks the table kinds/),
  administrator('a table of another owner', 'alter table crm.kinds owner to current_user', /table kinds \(owner\)/),
  owner(
    'a view that shows more',
    `drop view crm.invoice_balances; set role "{owner}"; create view crm.invoice_balances with (security_invoker = true) as select tenant_id, id, total_minor from crm.invoices; reset role`,
    /view invoice_balances \(query\)/,
  ),
  owner(
    'a view with its owner’s rights',
    'alter view crm.invoice_balances reset (security_invoker)',
    /view invoice_balances \(options\)/,
  ),
  owner(
    'a hand-made view',
    'set role "{owner}"; create view crm.all_names as select name from crm.accounts; reset role',
    /hand-made view all_names/,
  ),
  owner(
    'a hand-made materialized view',
    'set role "{owner}"; create materialized view crm.kept as select 1 as one; reset role',
    /hand-made materialized view kept/,
  ),
  owner(
    'a label that is missing in an enum',
    `drop table crm.kinds; drop type crm.mood; set role "{owner}"; create type crm.mood as enum ('sad', 'happy'); reset role`,
    /type mood \(labels\)/,
  ),
  person('a label that is too much', `alter type crm.mood add value 'angry'`, /type mood \(labels\)/),
  person(
    'an enum in another order',
    `alter type crm.mood rename value 'sad' to 'x'; alter type crm.mood rename value 'happy' to 'sad'; alter type crm.mood rename value 'x' to 'happy'`,
    /type mood \(labels\)/,
  ),
  owner('a domain that allows more', 'alter domain crm.rating drop constraint rating_range', /type rating \(checks\)/),
  owner('a domain with another default', 'alter domain crm.rating set default 4', /type rating \(default\)/),
  owner(
    'a sequence with another step',
    'alter sequence crm.ticket_numbers increment by 10',
    /sequence ticket_numbers \(increment\)/,
  ),
  owner(
    'a right that a tenant’s role lost',
    'revoke insert on crm.accounts from "{app}"',
    /a role of a tenant may no longer INSERT on accounts/,
  ),
  owner(
    'a right too much',
    'grant delete on crm.record_changes to "{app}"',
    /a role of a tenant may DELETE on record_changes/,
  ),
  owner(
    'a right that may be passed on',
    'grant select on crm.accounts to "{app}" with grant option',
    /may SELECT on accounts with grant option/,
  ),
  owner('a right for everybody', 'grant select on crm.accounts to public', /grant table accounts to public/),
  owner(
    'a function that everybody may call',
    'grant execute on function crm.current_tenant() to public',
    /grant function current_tenant\(\) to public/,
  ),
  owner(
    'a right on one column',
    'grant update (amount_minor) on crm.payments to "{app}"',
    /UPDATE on payments\.amount_minor/,
  ),
  owner(
    'a stranger who may read',
    'grant usage on schema crm to pg_monitor; grant select on crm.accounts to pg_monitor',
    /the role pg_monitor may SELECT on accounts/,
  ),
  administrator('a tenant’s role that may become the owner', 'grant "{owner}" to "{app}"', /may become @owner/),
  administrator('a tenant’s role that passes row security', 'alter role "{app}" bypassrls', /may bypass row security/),
  administrator(
    'a database everybody may connect to',
    'grant connect on database "{database}" to public',
    /grant database to public/,
  ),
  owner(
    'functions to come that everybody may call',
    'alter default privileges for role "{owner}" grant execute on functions to public',
    /default privilege f/,
  ),
]

function owner(name: string, sql: string, words: RegExp, destroys?: true): Plant {
  return { name, sql, words, by: 'owner', ...(destroys && { destroys }) }
}

function administrator(name: string, sql: string, words: RegExp): Plant {
  return { name, sql, words, by: 'administrator' }
}

function person(name: string, sql: string, words: RegExp): Plant {
  return { name, sql, words, by: 'a person' }
}
