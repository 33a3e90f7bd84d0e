-- The file of a contract that everybody has signed was made by nobody, so that a limited member would see the contract and not
-- its file, and be given one that is drawn anew.
create function crm.is_of_seen_contract(file uuid) returns boolean
language plpgsql stable cost 1 set search_path = '' as $$
begin
  return exists (select from crm.contracts c where c.signed_pdf_attachment_id = file);
end $$;
--> statement-breakpoint
CREATE INDEX "attachments_by_evidence" ON "crm"."attachments" USING btree ("tenant_id","id","created_by","communication_id") WHERE is_evidence;--> statement-breakpoint
CREATE INDEX "contracts_by_signed_file" ON "crm"."contracts" USING btree ("tenant_id","signed_pdf_attachment_id") WHERE signed_pdf_attachment_id is not null;--> statement-breakpoint
ALTER POLICY "row_access_select" ON "crm"."attachments" TO public USING (case when communication_id is null then (select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,attachment}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,attachment}')::uuid[])::uuid[]) or created_by is null and crm.is_of_seen_contract(id) else (select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,communication}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,communication}')::uuid[])::uuid[]) or created_by is null and (select cardinality((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,communication}')::uuid[])::uuid[]) > 0) and crm.is_about_reached('see', communication_id) end);
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
    crm.is_changeable(text, uuid), crm.pays_seen_invoice(uuid), crm.is_about_reached(text, uuid),
    crm.is_of_seen_contract(uuid) to %I', serving);
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
    crm.is_changeable(text, uuid), crm.pays_seen_invoice(uuid), crm.is_about_reached(text, uuid),
    crm.is_of_seen_contract(uuid) to %I', reading);
  execute format('grant execute on function crm.accounts_with_text(text), crm.contacts_with_text(text),
    crm.opportunities_with_text(text) to %I', reading);
end $$;
