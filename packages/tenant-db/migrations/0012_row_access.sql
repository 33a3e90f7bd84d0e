-- Whose records a limited member reaches is a setting of one transaction, {"see": {"account": "{…}"}, "change": {…}}: of each
-- limited kind the people whose records it is. Who is not limited carries none. These answer for one row, with the rights and
-- policies of whoever asks; they are asked for limited members only.
create function crm.account_is_of(account uuid, people uuid[]) returns boolean
language plpgsql stable cost 1 set search_path = '' as $$
begin
  return exists (select from crm.accounts a where a.id = account and coalesce(a.owner_id, a.created_by) = any (people));
end $$;
--> statement-breakpoint
-- What is not known here is everybody's: catalogue, places, resources, pipelines.
create function crm.is_seen(kind text, record uuid) returns boolean
language plpgsql stable cost 1 set search_path = '' as $$
begin
  if record is null then return false; end if;
  case kind
    when 'account' then return exists (select from crm.accounts r where r.id = record);
    when 'contact' then return exists (select from crm.contacts r where r.id = record);
    when 'lead' then return exists (select from crm.leads r where r.id = record);
    when 'opportunity' then return exists (select from crm.opportunities r where r.id = record);
    when 'event' then return exists (select from crm.events r where r.id = record);
    when 'event_date' then return exists (select from crm.event_dates r where r.id = record);
    when 'quote' then return exists (select from crm.quotes r where r.id = record);
    when 'contract' then return exists (select from crm.contracts r where r.id = record);
    when 'invoice' then return exists (select from crm.invoices r where r.id = record);
    when 'payment' then return exists (select from crm.payments r where r.id = record);
    when 'task' then return exists (select from crm.tasks r where r.id = record);
    when 'note' then return exists (select from crm.notes r where r.id = record);
    when 'communication' then return exists (select from crm.communications r where r.id = record);
    when 'attachment' then return exists (select from crm.attachments r where r.id = record);
    else return true;
  end case;
end $$;
--> statement-breakpoint
-- Whether the record that a date belongs to may be changed: the policy for its own changes, asked of a row that is only read.
create function crm.is_changeable(kind text, record uuid) returns boolean
language plpgsql stable cost 1 set search_path = '' as $$
declare
  people text := nullif(current_setting('tenantry.access', true), '')::jsonb #>> array['change', kind];
begin
  if record is null then return false; end if;
  if people is null then return crm.is_seen(kind, record); end if;
  case kind
    when 'event' then
      return exists (select from crm.events r where r.id = record and coalesce(r.owner_id, r.created_by) = any (people::uuid[]));
    when 'opportunity' then
      return exists (select from crm.opportunities r where r.id = record and coalesce(r.owner_id, r.created_by) = any (people::uuid[]));
  end case;
end $$;
--> statement-breakpoint
create function crm.pays_seen_invoice(payment uuid) returns boolean
language plpgsql stable cost 1 set search_path = '' as $$
begin
  return exists (
    select from crm.payment_allocations a join crm.invoices i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
    where a.payment_id = payment);
end $$;
--> statement-breakpoint
DROP INDEX "crm"."accounts_search";--> statement-breakpoint
DROP INDEX "crm"."attachments_search";--> statement-breakpoint
DROP INDEX "crm"."communications_search";--> statement-breakpoint
DROP INDEX "crm"."contacts_search";--> statement-breakpoint
DROP INDEX "crm"."contracts_search";--> statement-breakpoint
DROP INDEX "crm"."event_dates_search";--> statement-breakpoint
DROP INDEX "crm"."events_search";--> statement-breakpoint
DROP INDEX "crm"."invoices_search";--> statement-breakpoint
DROP INDEX "crm"."leads_search";--> statement-breakpoint
DROP INDEX "crm"."notes_search";--> statement-breakpoint
DROP INDEX "crm"."opportunities_search";--> statement-breakpoint
DROP INDEX "crm"."payments_search";--> statement-breakpoint
DROP INDEX "crm"."quotes_search";--> statement-breakpoint
DROP INDEX "crm"."tasks_search";--> statement-breakpoint
CREATE INDEX "accounts_search" ON "crm"."accounts" USING btree ("tenant_id","id","search_text","owner_id","created_by") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "attachments_search" ON "crm"."attachments" USING btree ("tenant_id","id","search_text","created_by") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "communications_search" ON "crm"."communications" USING btree ("tenant_id","id","search_text","created_by") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contacts_search" ON "crm"."contacts" USING btree ("tenant_id","id","search_text","owner_id","created_by") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contracts_search" ON "crm"."contracts" USING btree ("tenant_id","id","search_text","account_id","created_by") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "event_dates_search" ON "crm"."event_dates" USING btree ("tenant_id","id","search_text","event_id","opportunity_id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "events_search" ON "crm"."events" USING btree ("tenant_id","id","search_text","owner_id","created_by") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "invoices_search" ON "crm"."invoices" USING btree ("tenant_id","id","search_text","account_id","created_by","credits_invoice_id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "leads_search" ON "crm"."leads" USING btree ("tenant_id","id","search_text","owner_id","created_by") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "notes_search" ON "crm"."notes" USING btree ("tenant_id","id","search_text","created_by") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "opportunities_search" ON "crm"."opportunities" USING btree ("tenant_id","id","search_text","owner_id","created_by") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "payments_search" ON "crm"."payments" USING btree ("tenant_id","id","search_text","account_id","created_by");--> statement-breakpoint
CREATE INDEX "quotes_search" ON "crm"."quotes" USING btree ("tenant_id","id","search_text","account_id","created_by") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "tasks_search" ON "crm"."tasks" USING btree ("tenant_id","id","search_text","assignee_id","created_by") WHERE deleted_at is null;--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."accounts" AS RESTRICTIVE FOR SELECT TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,account}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,account}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_insert" ON "crm"."accounts" AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,account}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,account}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_update" ON "crm"."accounts" AS RESTRICTIVE FOR UPDATE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,account}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,account}')::uuid[])::uuid[])) WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,account}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,account}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_delete" ON "crm"."accounts" AS RESTRICTIVE FOR DELETE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,account}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,account}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."attachments" AS RESTRICTIVE FOR SELECT TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,attachment}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,attachment}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_insert" ON "crm"."attachments" AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,attachment}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,attachment}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_update" ON "crm"."attachments" AS RESTRICTIVE FOR UPDATE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,attachment}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,attachment}')::uuid[])::uuid[])) WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,attachment}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,attachment}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_delete" ON "crm"."attachments" AS RESTRICTIVE FOR DELETE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,attachment}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,attachment}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."communications" AS RESTRICTIVE FOR SELECT TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,communication}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,communication}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_insert" ON "crm"."communications" AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,communication}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_update" ON "crm"."communications" AS RESTRICTIVE FOR UPDATE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,communication}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[])) WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,communication}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_delete" ON "crm"."communications" AS RESTRICTIVE FOR DELETE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,communication}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,communication}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."contact_accounts" AS RESTRICTIVE FOR SELECT TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or (crm.is_seen('contact', contact_id) and crm.is_seen('account', account_id)));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."contact_points" AS RESTRICTIVE FOR SELECT TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or (crm.is_seen('contact', contact_id)));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."contacts" AS RESTRICTIVE FOR SELECT TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,contact}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,contact}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_insert" ON "crm"."contacts" AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,contact}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,contact}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_update" ON "crm"."contacts" AS RESTRICTIVE FOR UPDATE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,contact}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,contact}')::uuid[])::uuid[])) WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,contact}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,contact}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_delete" ON "crm"."contacts" AS RESTRICTIVE FOR DELETE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,contact}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,contact}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."contract_signers" AS RESTRICTIVE FOR SELECT TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or (crm.is_seen('contract', contract_id)));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."contracts" AS RESTRICTIVE FOR SELECT TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,contract}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,contract}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,contract}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_insert" ON "crm"."contracts" AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,contract}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,contract}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,contract}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_update" ON "crm"."contracts" AS RESTRICTIVE FOR UPDATE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,contract}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,contract}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,contract}')::uuid[])::uuid[])) WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,contract}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,contract}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,contract}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_delete" ON "crm"."contracts" AS RESTRICTIVE FOR DELETE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,contract}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,contract}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,contract}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."event_dates" AS RESTRICTIVE FOR SELECT TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or crm.is_seen('event', event_id) or crm.is_seen('opportunity', opportunity_id));--> statement-breakpoint
CREATE POLICY "row_access_insert" ON "crm"."event_dates" AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or crm.is_changeable('event', event_id) or crm.is_changeable('opportunity', opportunity_id) or not ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or crm.is_seen('event', event_id) or crm.is_seen('opportunity', opportunity_id)));--> statement-breakpoint
CREATE POLICY "row_access_update" ON "crm"."event_dates" AS RESTRICTIVE FOR UPDATE TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or crm.is_changeable('event', event_id) or crm.is_changeable('opportunity', opportunity_id)) WITH CHECK ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or crm.is_changeable('event', event_id) or crm.is_changeable('opportunity', opportunity_id));--> statement-breakpoint
CREATE POLICY "row_access_delete" ON "crm"."event_dates" AS RESTRICTIVE FOR DELETE TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or crm.is_changeable('event', event_id) or crm.is_changeable('opportunity', opportunity_id));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."events" AS RESTRICTIVE FOR SELECT TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,event}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,event}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_insert" ON "crm"."events" AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,event}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,event}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_update" ON "crm"."events" AS RESTRICTIVE FOR UPDATE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,event}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,event}')::uuid[])::uuid[])) WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,event}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,event}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_delete" ON "crm"."events" AS RESTRICTIVE FOR DELETE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,event}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,event}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."invoice_line_items" AS RESTRICTIVE FOR SELECT TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or (crm.is_seen('invoice', invoice_id)));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."invoices" AS RESTRICTIVE FOR SELECT TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,invoice}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,invoice}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,invoice}')::uuid[])::uuid[]) or crm.is_seen('invoice', credits_invoice_id));--> statement-breakpoint
CREATE POLICY "row_access_insert" ON "crm"."invoices" AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,invoice}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_update" ON "crm"."invoices" AS RESTRICTIVE FOR UPDATE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,invoice}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[])) WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,invoice}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_delete" ON "crm"."invoices" AS RESTRICTIVE FOR DELETE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,invoice}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."leads" AS RESTRICTIVE FOR SELECT TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,lead}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,lead}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_insert" ON "crm"."leads" AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,lead}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,lead}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_update" ON "crm"."leads" AS RESTRICTIVE FOR UPDATE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,lead}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,lead}')::uuid[])::uuid[])) WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,lead}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,lead}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_delete" ON "crm"."leads" AS RESTRICTIVE FOR DELETE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,lead}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,lead}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."notes" AS RESTRICTIVE FOR SELECT TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,note}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,note}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_insert" ON "crm"."notes" AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,note}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,note}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_update" ON "crm"."notes" AS RESTRICTIVE FOR UPDATE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,note}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,note}')::uuid[])::uuid[])) WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,note}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,note}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_delete" ON "crm"."notes" AS RESTRICTIVE FOR DELETE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,note}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,note}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."opportunities" AS RESTRICTIVE FOR SELECT TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,opportunity}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,opportunity}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_insert" ON "crm"."opportunities" AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,opportunity}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,opportunity}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_update" ON "crm"."opportunities" AS RESTRICTIVE FOR UPDATE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,opportunity}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,opportunity}')::uuid[])::uuid[])) WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,opportunity}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,opportunity}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_delete" ON "crm"."opportunities" AS RESTRICTIVE FOR DELETE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,opportunity}') is null) or coalesce(owner_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,opportunity}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."opportunity_line_items" AS RESTRICTIVE FOR SELECT TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or (crm.is_seen('opportunity', opportunity_id)));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."opportunity_stage_history" AS RESTRICTIVE FOR SELECT TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or (crm.is_seen('opportunity', opportunity_id)));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."payment_schedule" AS RESTRICTIVE FOR SELECT TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or (crm.is_seen('invoice', invoice_id)));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."payments" AS RESTRICTIVE FOR SELECT TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,invoice}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,invoice}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,invoice}')::uuid[])::uuid[]) or crm.pays_seen_invoice(id));--> statement-breakpoint
CREATE POLICY "row_access_insert" ON "crm"."payments" AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,invoice}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_update" ON "crm"."payments" AS RESTRICTIVE FOR UPDATE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,invoice}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[])) WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,invoice}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_delete" ON "crm"."payments" AS RESTRICTIVE FOR DELETE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,invoice}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,invoice}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."quote_line_items" AS RESTRICTIVE FOR SELECT TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or (crm.is_seen('quote', quote_id)));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."quotes" AS RESTRICTIVE FOR SELECT TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,quote}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,quote}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,quote}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_insert" ON "crm"."quotes" AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,quote}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,quote}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,quote}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_update" ON "crm"."quotes" AS RESTRICTIVE FOR UPDATE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,quote}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,quote}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,quote}')::uuid[])::uuid[])) WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,quote}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,quote}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,quote}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_delete" ON "crm"."quotes" AS RESTRICTIVE FOR DELETE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,quote}') is null) or created_by = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,quote}')::uuid[])::uuid[]) or crm.account_is_of(account_id, (select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,quote}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."record_changes" AS RESTRICTIVE FOR SELECT TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or (crm.is_seen(entity, entity_id)));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."record_links" AS RESTRICTIVE FOR SELECT TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or (crm.is_seen(case when task_id is not null then 'task' when note_id is not null then 'note' when attachment_id is not null then 'attachment' when communication_id is not null then 'communication' end, coalesce(task_id, note_id, attachment_id, communication_id)) and crm.is_seen(case when account_id is not null then 'account' when contact_id is not null then 'contact' when lead_id is not null then 'lead' when opportunity_id is not null then 'opportunity' when event_id is not null then 'event' when quote_id is not null then 'quote' when contract_id is not null then 'contract' when invoice_id is not null then 'invoice' when location_id is not null then 'location' end, coalesce(account_id, contact_id, lead_id, opportunity_id, event_id, quote_id, contract_id, invoice_id, location_id))));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."tasks" AS RESTRICTIVE FOR SELECT TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{see,task}') is null) or coalesce(assignee_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{see,task}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_insert" ON "crm"."tasks" AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,task}') is null) or coalesce(assignee_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,task}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_update" ON "crm"."tasks" AS RESTRICTIVE FOR UPDATE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,task}') is null) or coalesce(assignee_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,task}')::uuid[])::uuid[])) WITH CHECK ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,task}') is null) or coalesce(assignee_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,task}')::uuid[])::uuid[]));--> statement-breakpoint
CREATE POLICY "row_access_delete" ON "crm"."tasks" AS RESTRICTIVE FOR DELETE TO public USING ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #> '{change,task}') is null) or coalesce(assignee_id, created_by) = any ((select (nullif(current_setting('tenantry.access', true), '')::jsonb #>> '{change,task}')::uuid[])::uuid[]));--> statement-breakpoint
-- A foreign key does not ask row security, so it would tell a limited member which ids exist, and let them point there. What
-- they do not see is to them what does not exist: the same failure, by the name of the same constraint.
create function crm.refuse_unseen_pointer() returns trigger
language plpgsql set search_path = '' as $$
declare
  pointed uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
  if tg_op = 'UPDATE' and pointed is not distinct from (to_jsonb(old) ->> tg_argv[0])::uuid then return null; end if;
  if pointed is null or crm.is_seen(tg_argv[1], pointed) then return null; end if;
  raise exception 'insert or update violates a foreign key' using errcode = '23503', constraint = tg_argv[2],
    table = tg_table_name, schema = tg_table_schema;
end $$;
--> statement-breakpoint
-- Called again by each migration that adds a foreign key to a kind that can be limited; does nothing to those that are guarded.
create procedure crm.guard_pointers()
language plpgsql set search_path = '' as $$
declare
  key record;
begin
  for key in
    select c.conname as name, c.conrelid::regclass as source, a.attname as pointer, k.kind
    from (values ('accounts', 'account'), ('contacts', 'contact'), ('leads', 'lead'), ('opportunities', 'opportunity'),
        ('events', 'event'), ('event_dates', 'event_date'), ('quotes', 'quote'), ('contracts', 'contract'),
        ('invoices', 'invoice'), ('payments', 'payment'), ('tasks', 'task'), ('notes', 'note'),
        ('communications', 'communication'), ('attachments', 'attachment')) k(name, kind)
    join pg_catalog.pg_class t on t.relname = k.name and t.relnamespace = 'crm'::regnamespace
    join pg_catalog.pg_constraint c on c.contype = 'f' and c.confrelid = t.oid
    join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname <> 'tenant_id'
    where not exists (select from pg_catalog.pg_trigger g where g.tgrelid = c.conrelid and g.tgname = c.conname || '_seen')
    order by 1
  loop
    execute format(
      'create trigger %I after insert or update of %I on %s for each row
         when (nullif(current_setting(''tenantry.access'', true), '''') is not null)
         execute function crm.refuse_unseen_pointer(%L, %L, %L)',
      key.name || '_seen', key.pointer, key.source, key.pointer, key.kind, key.name);
  end loop;
end $$;
--> statement-breakpoint
call crm.guard_pointers();
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
  execute format('revoke update, delete on crm.payment_allocations from %I', serving);
  execute format('grant update (amount_minor) on crm.payment_allocations to %I', serving);
  if to_regclass('crm.schema_migrations') is not null then
    execute format('revoke insert, update, delete on crm.schema_migrations from %I', serving);
  end if;
  execute format('grant execute on function crm.current_tenant(), crm.current_identity(), crm.hold_epoch(bigint) to %I', serving);
  execute format('grant execute on function crm.account_is_of(uuid, uuid[]), crm.is_seen(text, uuid),
    crm.is_changeable(text, uuid), crm.pays_seen_invoice(uuid) to %I', serving);
end $$;
--> statement-breakpoint
-- The policies name these functions, so whoever reads a table must be able to run them.
create or replace procedure crm.grant_reading_rights(reading name)
language plpgsql set search_path = '' as $$
begin
  execute format('grant usage on schema crm to %I', reading);
  execute format('revoke all on all tables in schema crm from %I', reading);
  execute format('grant select on all tables in schema crm to %I', reading);
  execute format('revoke all on crm.identity from %I', reading);
  execute format('grant execute on function crm.current_tenant(), crm.current_identity(), crm.reads_only() to %I', reading);
  execute format('grant execute on function crm.account_is_of(uuid, uuid[]), crm.is_seen(text, uuid),
    crm.is_changeable(text, uuid), crm.pays_seen_invoice(uuid) to %I', reading);
end $$;
