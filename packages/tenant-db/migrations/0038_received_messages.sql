-- A message that nobody has written, as one that came in, is seen by whoever sees a record that it is about, and changed by
-- whoever may change one. What is everybody's makes no message everybody's.
create or replace function crm.is_changeable(kind text, record uuid) returns boolean
language plpgsql stable cost 1 set search_path = '' as $$
declare
  people uuid[] := (nullif(current_setting('tenantry.access', true), '')::jsonb #>> array['change', kind])::uuid[];
begin
  if record is null then return false; end if;
  if people is null then return crm.is_seen(kind, record); end if;
  case kind
    when 'account' then
      return exists (select from crm.accounts r where r.id = record and coalesce(r.owner_id, r.created_by) = any (people));
    when 'contact' then
      return exists (select from crm.contacts r where r.id = record and coalesce(r.owner_id, r.created_by) = any (people));
    when 'lead' then
      return exists (select from crm.leads r where r.id = record and coalesce(r.owner_id, r.created_by) = any (people));
    when 'opportunity' then
      return exists (select from crm.opportunities r where r.id = record and coalesce(r.owner_id, r.created_by) = any (people));
    when 'event' then
      return exists (select from crm.events r where r.id = record and coalesce(r.owner_id, r.created_by) = any (people));
    when 'quote' then
      return exists (select from crm.quotes r where r.id = record
        and (r.created_by = any (people) or crm.account_is_of(r.account_id, people)));
    when 'contract' then
      return exists (select from crm.contracts r where r.id = record
        and (r.created_by = any (people) or crm.account_is_of(r.account_id, people)));
    when 'invoice' then
      return exists (select from crm.invoices r where r.id = record
        and (r.created_by = any (people) or crm.account_is_of(r.account_id, people)));
  end case;
end $$;
--> statement-breakpoint
-- A link is seen from both ends, so its policy asks for the message, and the message for its links. Those are read without
-- limits and never leave this function; the records at their other ends are asked for within them. What fails between ends
-- the transaction or its savepoint, and either puts the setting back.
create function crm.is_about_reached(verb text, message uuid) returns boolean
language plpgsql stable cost 1 set search_path = '' as $$
declare
  limits text := current_setting('tenantry.access', true);
  links crm.record_links[];
  link crm.record_links;
  kind text;
  record uuid;
begin
  perform set_config('tenantry.access', '', true);
  links := array(select l from crm.record_links l where l.communication_id = message);
  perform set_config('tenantry.access', limits, true);
  foreach link in array links loop
    kind := case when link.account_id is not null then 'account' when link.contact_id is not null then 'contact'
      when link.lead_id is not null then 'lead' when link.opportunity_id is not null then 'opportunity'
      when link.event_id is not null then 'event' when link.quote_id is not null then 'quote'
      when link.contract_id is not null then 'contract' when link.invoice_id is not null then 'invoice' end;
    continue when kind is null;
    record := coalesce(link.account_id, link.contact_id, link.lead_id, link.opportunity_id, link.event_id, link.quote_id,
      link.contract_id, link.invoice_id);
    if verb = 'see' and crm.is_seen(kind, record) or verb = 'change' and crm.is_changeable(kind, record) then
      return true;
    end if;
  end loop;
  return false;
end $$;
--> statement-breakpoint
ALTER POLICY "row_access_select" ON "crm"."attachments" TO public USING (case when communication_id is null then (select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,attachment}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,attachment}')::uuid[])::uuid[]) else (select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,communication}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,communication}')::uuid[])::uuid[]) or created_by is null and (select cardinality((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,communication}')::uuid[])::uuid[]) > 0) and crm.is_about_reached('see', communication_id) end);--> statement-breakpoint
ALTER POLICY "row_access_insert" ON "crm"."attachments" TO public WITH CHECK (case when communication_id is null then (select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,attachment}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,attachment}')::uuid[])::uuid[]) else (select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,communication}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]) or created_by is null and (select cardinality((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]) > 0) and crm.is_about_reached('change', communication_id) end);--> statement-breakpoint
ALTER POLICY "row_access_update" ON "crm"."attachments" TO public USING (case when communication_id is null then (select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,attachment}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,attachment}')::uuid[])::uuid[]) else (select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,communication}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]) or created_by is null and (select cardinality((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]) > 0) and crm.is_about_reached('change', communication_id) end) WITH CHECK (case when communication_id is null then (select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,attachment}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,attachment}')::uuid[])::uuid[]) else (select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,communication}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]) or created_by is null and (select cardinality((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]) > 0) and crm.is_about_reached('change', communication_id) end);--> statement-breakpoint
ALTER POLICY "row_access_delete" ON "crm"."attachments" TO public USING (case when communication_id is null then (select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,attachment}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,attachment}')::uuid[])::uuid[]) else (select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,communication}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]) or created_by is null and (select cardinality((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]) > 0) and crm.is_about_reached('change', communication_id) end);--> statement-breakpoint
ALTER POLICY "row_access_select" ON "crm"."communications" TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,communication}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,communication}')::uuid[])::uuid[]) or created_by is null and (select cardinality((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,communication}')::uuid[])::uuid[]) > 0) and crm.is_about_reached('see', id));--> statement-breakpoint
ALTER POLICY "row_access_update" ON "crm"."communications" TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,communication}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]) or created_by is null and (select cardinality((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]) > 0) and crm.is_about_reached('change', id)) WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,communication}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]) or created_by is null and (select cardinality((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]) > 0) and crm.is_about_reached('change', id));--> statement-breakpoint
ALTER POLICY "row_access_delete" ON "crm"."communications" TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,communication}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]) or created_by is null and (select cardinality((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]) > 0) and crm.is_about_reached('change', id));
--> statement-breakpoint
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
    crm.is_changeable(text, uuid), crm.pays_seen_invoice(uuid), crm.is_about_reached(text, uuid) to %I', serving);
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
    crm.is_changeable(text, uuid), crm.pays_seen_invoice(uuid), crm.is_about_reached(text, uuid) to %I', reading);
  execute format('grant execute on function crm.accounts_with_text(text), crm.contacts_with_text(text),
    crm.opportunities_with_text(text) to %I', reading);
end $$;
