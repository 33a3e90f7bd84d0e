-- The texts of accounts, contacts and opportunities once more, with an index on their parts. Under row security no such index
-- can be asked: LIKE is not leakproof. So the owner, whom row security does not bind here, asks it in functions that say
-- themselves whose texts they look at; nobody else has a right to the table. See search_texts in the code.
create extension if not exists btree_gin with schema public;
--> statement-breakpoint
CREATE TABLE "crm"."search_texts" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"record_id" uuid NOT NULL,
	"part_id" uuid NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	CONSTRAINT "search_texts_pkey" PRIMARY KEY("tenant_id","source","record_id","part_id")
);
--> statement-breakpoint
-- Not forced: a function of the owner could not use the index either.
ALTER TABLE "crm"."search_texts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."search_texts" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
-- <source>_with_text: the ids of the tenant's records with a text that holds this one. Null when there are more than 1,000,
-- when so many of a hundred hold it that the order of a list is walked in less time, and when this is not the place to ask:
-- of a limited member, whom row security spares what is not theirs, and for a text without three letters or digits in a row,
-- which the index does not have.
--
-- The owner is not bound by row security here: what keeps tenants apart is said in each statement. What is looked for is
-- never a pattern: of a text its runs of letters and digits are asked for, and of these only rare ones, since what all texts
-- have makes the index slow. Beyond ASCII it depends on the server what a letter is.
do $do$
declare
  place text;
begin
  foreach place in array array['accounts', 'contacts', 'opportunities'] loop
    execute format($make$
      create function crm.%1$s_with_text(sought text) returns uuid[]
      language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
        set enable_seqscan = off as $find$
      declare
        lowered text collate "C" := lower(sought collate "default");
        many boolean;
        part text collate "C";
        ids uuid[];
      begin
        if nullif(current_setting('tenantry.access', true), '') is not null then return null; end if;
        with sample as materialized (
          select t.text from crm.search_texts t
          where t.tenant_id = (select crm.current_tenant()) and t.source = %1$L
          order by t.record_id, t.part_id limit 100),
        runs as (
          select run[1] as run, place, (select count(*) from sample s where position(run[1] in s.text) > 0) as often
          from regexp_matches(lowered, '[a-z0-9]{3,}', 'g') with ordinality found (run, place))
        select (select count(*) > 10 from sample s where position(lowered in s.text) > 0),
            (select string_agg(run, '%%' order by place) from runs where often <= greatest(3, (select min(often) from runs)))
          into many, part;
        if many or part is null then return null; end if;
        select array_agg(held.record_id) into ids from (
          select t.record_id from crm.search_texts t
          where t.tenant_id = (select crm.current_tenant()) and t.source = %1$L and t.text like '%%' || part || '%%'
            and position(lowered in t.text) > 0
          limit 1001) as held;
        if cardinality(ids) > 1000 then return null; end if;
        return coalesce(ids, '{}');
      end $find$
    $make$, place);
  end loop;
end $do$;
--> statement-breakpoint
-- A text that is there already, since somebody switched triggers off, is no reason to refuse a row.
--
-- What goes is looked for by its whole key, row by row: a join with the lines of a statement was planned for a table that had
-- no statistics yet, and took 40 s for 1,000 of 30,000 rows.
create function crm.keep_texts_of_new() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into crm.search_texts (tenant_id, source, record_id, part_id, text)
  select n.tenant_id, tg_table_name::text, n.id, n.id, n.search_text from new_rows n where n.deleted_at is null
  on conflict (tenant_id, source, record_id, part_id) do update set text = excluded.text;
  return null;
end $$;
--> statement-breakpoint
create function crm.keep_texts_of_gone() returns trigger
language plpgsql security definer set search_path = '' set enable_seqscan = off as $$
declare
  o record;
begin
  for o in select r.tenant_id, r.id from old_rows r loop
    delete from crm.search_texts t
    where t.tenant_id = o.tenant_id and t.source = tg_table_name and t.record_id = o.id and t.part_id = o.id;
  end loop;
  return null;
end $$;
--> statement-breakpoint
create function crm.keep_text_of_changed() returns trigger
language plpgsql security definer set search_path = '' set enable_seqscan = off as $$
begin
  delete from crm.search_texts t
  where t.tenant_id = old.tenant_id and t.source = tg_table_name and t.record_id = old.id and t.part_id = old.id;
  if new.deleted_at is null then
    insert into crm.search_texts (tenant_id, source, record_id, part_id, text)
    values (new.tenant_id, tg_table_name::text, new.id, new.id, new.search_text)
    on conflict (tenant_id, source, record_id, part_id) do update set text = excluded.text;
  end if;
  return null;
end $$;
--> statement-breakpoint
create function crm.keep_texts_of_new_points() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into crm.search_texts (tenant_id, source, record_id, part_id, text)
  select n.tenant_id, 'contacts', n.contact_id, n.id, n.value_norm from new_rows n
  on conflict (tenant_id, source, record_id, part_id) do update set text = excluded.text;
  return null;
end $$;
--> statement-breakpoint
create function crm.keep_texts_of_gone_points() returns trigger
language plpgsql security definer set search_path = '' set enable_seqscan = off as $$
declare
  o record;
begin
  for o in select r.tenant_id, r.contact_id, r.id from old_rows r loop
    delete from crm.search_texts t
    where t.tenant_id = o.tenant_id and t.source = 'contacts' and t.record_id = o.contact_id and t.part_id = o.id;
  end loop;
  return null;
end $$;
--> statement-breakpoint
create function crm.keep_text_of_changed_point() returns trigger
language plpgsql security definer set search_path = '' set enable_seqscan = off as $$
begin
  delete from crm.search_texts t
  where t.tenant_id = old.tenant_id and t.source = 'contacts' and t.record_id = old.contact_id and t.part_id = old.id;
  insert into crm.search_texts (tenant_id, source, record_id, part_id, text)
  values (new.tenant_id, 'contacts', new.contact_id, new.id, new.value_norm)
  on conflict (tenant_id, source, record_id, part_id) do update set text = excluded.text;
  return null;
end $$;
--> statement-breakpoint
create function crm.forget_texts() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from crm.search_texts t where case tg_table_name
    when 'contact_points' then t.source = 'contacts' and t.part_id <> t.record_id
    else t.source = tg_table_name and t.part_id = t.record_id end;
  return null;
end $$;
--> statement-breakpoint
do $do$
declare
  place text;
begin
  foreach place in array array['accounts', 'contacts', 'opportunities'] loop
    execute format('create trigger %1$s_texts_of_new after insert on crm.%1$I
      referencing new table as new_rows for each statement execute function crm.keep_texts_of_new()', place);
    execute format('create trigger %1$s_texts_of_gone after delete on crm.%1$I
      referencing old table as old_rows for each statement execute function crm.keep_texts_of_gone()', place);
    execute format('create trigger %1$s_texts_of_changed after update on crm.%1$I for each row
      when ((old.tenant_id, old.id, old.search_text, old.deleted_at is null)
        is distinct from (new.tenant_id, new.id, new.search_text, new.deleted_at is null))
      execute function crm.keep_text_of_changed()', place);
    execute format('create trigger %1$s_texts_of_none after truncate on crm.%1$I
      for each statement execute function crm.forget_texts()', place);
  end loop;
end $do$;
--> statement-breakpoint
create trigger contact_points_texts_of_new after insert on crm.contact_points
  referencing new table as new_rows for each statement execute function crm.keep_texts_of_new_points();
--> statement-breakpoint
create trigger contact_points_texts_of_gone after delete on crm.contact_points
  referencing old table as old_rows for each statement execute function crm.keep_texts_of_gone_points();
--> statement-breakpoint
create trigger contact_points_texts_of_changed after update on crm.contact_points for each row
  when ((old.tenant_id, old.id, old.contact_id, old.value_norm)
    is distinct from (new.tenant_id, new.id, new.contact_id, new.value_norm))
  execute function crm.keep_text_of_changed_point();
--> statement-breakpoint
create trigger contact_points_texts_of_none after truncate on crm.contact_points
  for each statement execute function crm.forget_texts();
--> statement-breakpoint
-- Of every tenant, with nobody writing meanwhile: the triggers hold the tables.
ALTER TABLE "crm"."accounts" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."contacts" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."contact_points" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."opportunities" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
insert into crm.search_texts (tenant_id, source, record_id, part_id, text)
  select tenant_id, 'accounts', id, id, search_text from crm.accounts where deleted_at is null
  union all select tenant_id, 'contacts', id, id, search_text from crm.contacts where deleted_at is null
  union all select tenant_id, 'contacts', contact_id, id, value_norm from crm.contact_points
  union all select tenant_id, 'opportunities', id, id, search_text from crm.opportunities where deleted_at is null;
--> statement-breakpoint
ALTER TABLE "crm"."accounts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."contacts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."contact_points" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."opportunities" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "search_texts_accounts" ON "crm"."search_texts" USING gin ("text" gin_trgm_ops,"tenant_id") WITH (gin_pending_list_limit=512) WHERE source = 'accounts';--> statement-breakpoint
CREATE INDEX "search_texts_contacts" ON "crm"."search_texts" USING gin ("text" gin_trgm_ops,"tenant_id") WITH (gin_pending_list_limit=512) WHERE source = 'contacts';--> statement-breakpoint
CREATE INDEX "search_texts_opportunities" ON "crm"."search_texts" USING gin ("text" gin_trgm_ops,"tenant_id") WITH (gin_pending_list_limit=512) WHERE source = 'opportunities';
--> statement-breakpoint
-- As before, and to the functions that look at texts, but not to the texts.
create or replace procedure crm.grant_serving_rights(serving name)
language plpgsql set search_path = '' as $$
begin
  if crm.join_group(serving, 'serving') then return; end if;
  execute format('grant usage on schema crm to %I', serving);
  execute format('grant select, insert, update, delete on all tables in schema crm to %I', serving);
  execute format('revoke all on crm.identity, crm.search_texts from %I', serving);
  execute format('revoke insert, update, delete on crm.currencies, crm.invoice_balances from %I', serving);
  execute format('revoke update, delete on crm.record_changes, crm.opportunity_stage_history, crm.payments from %I', serving);
  execute format('grant update (account_id, status, received_at, provider_ref, note) on crm.payments to %I', serving);
  execute format('revoke update, delete on crm.payment_allocations from %I', serving);
  execute format('grant update (amount_minor) on crm.payment_allocations to %I', serving);
  if to_regclass('crm.schema_migrations') is not null then
    execute format('revoke insert, update, delete on crm.schema_migrations from %I', serving);
  end if;
  execute format('grant execute on function crm.current_tenant(), crm.current_identity(), crm.hold_epoch(bigint) to %I', serving);
  execute format('grant execute on function crm.account_is_of(uuid, uuid[]), crm.is_seen(text, uuid),
    crm.is_changeable(text, uuid), crm.pays_seen_invoice(uuid) to %I', serving);
  execute format('grant execute on function crm.accounts_with_text(text), crm.contacts_with_text(text),
    crm.opportunities_with_text(text) to %I', serving);
end $$;
--> statement-breakpoint
create or replace procedure crm.grant_reading_rights(reading name)
language plpgsql set search_path = '' as $$
begin
  if crm.join_group(reading, 'reading') then return; end if;
  -- A new login has nothing to be taken from it, and looking through every column for it takes longer than all the rest.
  if crm.has_rights_here(reading) then
    execute format('revoke all on all tables in schema crm from %I', reading);
  end if;
  execute format('grant usage on schema crm to %I', reading);
  execute format('grant select on all tables in schema crm to %I', reading);
  execute format('revoke all on crm.identity, crm.search_texts from %I', reading);
  execute format('grant execute on function crm.current_tenant(), crm.current_identity(), crm.reads_only() to %I', reading);
  execute format('grant execute on function crm.account_is_of(uuid, uuid[]), crm.is_seen(text, uuid),
    crm.is_changeable(text, uuid), crm.pays_seen_invoice(uuid) to %I', reading);
  execute format('grant execute on function crm.accounts_with_text(text), crm.contacts_with_text(text),
    crm.opportunities_with_text(text) to %I', reading);
end $$;
