-- What drizzle-kit cannot express, and who may do what.

-- Confirmed excludes confirmed; holds queue on the same slot, one per rank.
alter table crm.resource_bookings
  add constraint resource_bookings_no_double_booking
    exclude using gist (tenant_id with =, resource_id with =, blocked_range with &&) where (state = 'confirmed'),
  add constraint resource_bookings_one_hold_per_rank
    exclude using gist (tenant_id with =, resource_id with =, hold_rank with =, blocked_range with &&) where (state = 'hold');

-- Balances are derived, never stored. security_invoker: the view reads with the rights and policies of whoever asks.
create view crm.invoice_balances with (security_invoker = true) as
select i.tenant_id, i.id, i.total_minor, coalesce(p.paid, 0) as paid_minor, i.total_minor - coalesce(p.paid, 0) as balance_minor,
  case when i.status <> 'issued' then i.status
       when i.total_minor - coalesce(p.paid, 0) <= 0 then 'paid'
       when i.due_on < (now() at time zone 'UTC')::date then 'overdue'
       when coalesce(p.paid, 0) > 0 then 'partially_paid'
       else 'unpaid' end as display_status
from crm.invoices i
left join lateral (
  select sum(case when py.kind = 'refund' then -a.amount_minor else a.amount_minor end)::bigint as paid
  from crm.payment_allocations a
  join crm.payments py on py.tenant_id = a.tenant_id and py.id = a.payment_id and py.status = 'succeeded'
  where a.tenant_id = i.tenant_id and a.invoice_id = i.id
) p on true;

-- What a new connection asks before its first business statement: whose database is this, since which move?
create function crm.current_identity() returns table (tenant_id uuid, epoch bigint)
language sql stable security definer set search_path = '' as $$
  select i.tenant_id, i.epoch from crm.identity i where i.role = session_user and i.tenant_id = crm.current_tenant()
$$;

-- ISO 4217: decimals of the minor unit.
insert into crm.currencies (code, exponent)
  select code, 2 from regexp_split_to_table(btrim('
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY
    COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
    INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR
    MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD
    SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG
  ', E' \n'), '\s+') as code
  union all
  select code, 0 from regexp_split_to_table('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF', ' ') as code
  union all
  select code, 3 from regexp_split_to_table('BHD IQD JOD KWD LYD OMR TND', ' ') as code;

-- The rights of a role that serves requests: rows, and nothing else. History is append-only; of a payment only its
-- outcome changes; reference data and the list of migrations can be read; crm.identity cannot even be read.
create procedure crm.grant_serving_rights(serving name)
language plpgsql set search_path = '' as $$
begin
  execute format('grant usage on schema crm to %I', serving);
  execute format('grant select, insert, update, delete on all tables in schema crm to %I', serving);
  execute format('revoke all on crm.identity from %I', serving);
  execute format('revoke insert, update, delete on crm.currencies, crm.invoice_balances from %I', serving);
  execute format('revoke update, delete on crm.record_changes, crm.opportunity_stage_history, crm.payments from %I', serving);
  execute format('grant update (status, received_at, provider_ref, note) on crm.payments to %I', serving);
  if to_regclass('crm.schema_migrations') is not null then
    execute format('revoke insert, update, delete on crm.schema_migrations from %I', serving);
  end if;
  execute format('grant execute on function crm.current_tenant(), crm.current_identity() to %I', serving);
end $$;

-- Whom this database serves: every role but the owner that was let into the schema. Called after migrations, so that
-- tables made by them are granted too.
create procedure crm.renew_serving_rights()
language plpgsql set search_path = '' as $$
declare
  serving name;
begin
  for serving in
    select distinct r.rolname
    from pg_catalog.pg_namespace n, pg_catalog.aclexplode(n.nspacl) a
    join pg_catalog.pg_roles r on r.oid = a.grantee
    where n.nspname = 'crm' and a.privilege_type = 'USAGE' and a.grantee <> n.nspowner
  loop
    call crm.grant_serving_rights(serving);
  end loop;
end $$;

-- Binds a login role to a tenant, once and for all: a role that serves one tenant never serves another.
create procedure crm.admit(login name, tenant uuid)
language plpgsql set search_path = '' as $$
begin
  insert into crm.identity (role, tenant_id) values (login, tenant) on conflict (role) do nothing;
  if not exists (select from crm.identity i where i.role = login and i.tenant_id = tenant) then
    raise exception 'role % already serves another tenant', login using errcode = '23505';
  end if;
end $$;
