CREATE POLICY "own_moves" ON "crm"."identity" AS PERMISSIVE FOR UPDATE TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
-- One lock for each tenant: shared by its transactions that write, alone for the one that raises its epoch.
create function crm.epoch_lock(tenant uuid) returns bigint language sql immutable set search_path = '' as $$
  select pg_catalog.hashtextextended('tenantry epoch ' || tenant::text, 0)
$$;
--> statement-breakpoint
-- The first statement of every transaction that writes. It says of which epoch the writer was told, and fails when the
-- tenant has moved since; until the transaction ends, the tenant cannot move. The epoch is read after the lock was
-- obtained, by a statement of its own, so that it is not the one of a snapshot from before a move that was waited for.
create function crm.hold_epoch(expected bigint) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  found bigint;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'an epoch is held by a transaction that sees what others commit' using errcode = '0A000';
  end if;
  perform pg_catalog.pg_advisory_xact_lock_shared(crm.epoch_lock(crm.current_tenant()));
  select i.epoch into found from crm.identity i where i.role = session_user;
  if found is distinct from expected then
    raise exception 'the tenant has moved' using errcode = '55E01';
  end if;
end $$;
--> statement-breakpoint
-- For the owner, logged in as the tenant's service role: waits for the transactions that write, then lets no other begin
-- that was told of an older epoch. All roles of the tenant have one epoch. An update that reads no column passes the
-- policy for updates alone, which knows all rows of the tenant; the one for reading knows the session's own row.
create function crm.raise_epoch() returns bigint
language plpgsql volatile set search_path = '' as $$
declare
  raised bigint;
begin
  perform pg_catalog.pg_advisory_xact_lock(crm.epoch_lock(crm.current_tenant()));
  select i.epoch + 1 into raised from crm.identity i where i.role = session_user;
  update crm.identity set epoch = raised;
  return raised;
end $$;
--> statement-breakpoint
create or replace procedure crm.grant_serving_rights(serving name)
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
  execute format('grant execute on function crm.current_tenant(), crm.current_identity(), crm.hold_epoch(bigint) to %I', serving);
end $$;
