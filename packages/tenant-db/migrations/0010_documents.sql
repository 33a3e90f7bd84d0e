CREATE TABLE "crm"."company" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"locale" text NOT NULL,
	"currency" char(3) NOT NULL,
	"synced_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "company_pkey" PRIMARY KEY("tenant_id"),
	CONSTRAINT "company_name_check" CHECK (btrim(name) <> ''),
	CONSTRAINT "company_time_zone_check" CHECK (time_zone ~ '^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$'),
	CONSTRAINT "company_currency_check" CHECK (currency ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
ALTER TABLE "crm"."company" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."quote_line_items" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"quote_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"quantity" numeric(12, 3) NOT NULL,
	"unit_price_minor" bigint NOT NULL,
	"discount_minor" bigint NOT NULL,
	"tax_ppm" integer NOT NULL,
	"is_optional" boolean NOT NULL,
	"is_selected" boolean NOT NULL,
	"position" integer NOT NULL,
	"net_minor" bigint GENERATED ALWAYS AS (round(quantity * unit_price_minor)::bigint - discount_minor) STORED NOT NULL,
	CONSTRAINT "quote_line_items_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "quote_line_items_name_check" CHECK (btrim(name) <> ''),
	CONSTRAINT "quote_line_items_quantity_check" CHECK (quantity >= 0),
	CONSTRAINT "quote_line_items_unit_price_minor_check" CHECK (unit_price_minor between -9007199254740991 and 9007199254740991),
	CONSTRAINT "quote_line_items_discount_minor_check" CHECK (discount_minor between -9007199254740991 and 9007199254740991),
	CONSTRAINT "quote_line_items_tax_ppm_check" CHECK (tax_ppm between 0 and 1000000)
);
--> statement-breakpoint
ALTER TABLE "crm"."quote_line_items" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."contracts" ADD COLUMN "reference" text;--> statement-breakpoint
ALTER TABLE "crm"."contracts" ADD COLUMN "notes" text;--> statement-breakpoint
ALTER TABLE "crm"."contracts" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(number || chr(10) || title), 500)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."invoices" ADD COLUMN "closed_reason" text;--> statement-breakpoint
ALTER TABLE "crm"."invoices" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(coalesce(number, '') || chr(10) || coalesce(po_number, '')), 500)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."payments" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(coalesce(reference, '') || chr(10) || coalesce(provider_ref, '')), 500)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD COLUMN "title" text;--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD COLUMN "deposit_ppm" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD COLUMN "balance_due_days" smallint DEFAULT 14 NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD COLUMN "instalments" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(number || chr(10) || coalesce(title, '')), 500)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."quote_line_items" ADD CONSTRAINT "quote_line_items_quote_fk" FOREIGN KEY ("tenant_id","quote_id") REFERENCES "crm"."quotes"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "quote_line_items_in_order" ON "crm"."quote_line_items" USING btree ("tenant_id","quote_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "contract_signers_token" ON "crm"."contract_signers" USING btree ("tenant_id","token_hash");--> statement-breakpoint
CREATE INDEX "contracts_by_number" ON "crm"."contracts" USING btree ("tenant_id","number","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contracts_by_title" ON "crm"."contracts" USING btree ("tenant_id","title","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contracts_by_created" ON "crm"."contracts" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contracts_by_quote" ON "crm"."contracts" USING btree ("tenant_id","quote_id");--> statement-breakpoint
CREATE INDEX "contracts_search" ON "crm"."contracts" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contracts_archive" ON "crm"."contracts" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "contracts_bin" ON "crm"."contracts" USING btree ("tenant_id","id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "invoices_by_number" ON "crm"."invoices" USING btree ("tenant_id",(case when number is null then '' else number end),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "invoices_by_total" ON "crm"."invoices" USING btree ("tenant_id","total_minor","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "invoices_by_due" ON "crm"."invoices" USING btree ("tenant_id",(case when due_on is null then 'infinity'::date else due_on end),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "invoices_by_created" ON "crm"."invoices" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "invoices_by_credited" ON "crm"."invoices" USING btree ("tenant_id","credits_invoice_id");--> statement-breakpoint
CREATE INDEX "invoices_search" ON "crm"."invoices" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "invoices_archive" ON "crm"."invoices" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "invoices_bin" ON "crm"."invoices" USING btree ("tenant_id","id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "payments_by_received" ON "crm"."payments" USING btree ("tenant_id","received_at","id");--> statement-breakpoint
CREATE INDEX "payments_by_amount" ON "crm"."payments" USING btree ("tenant_id","amount_minor","id");--> statement-breakpoint
CREATE INDEX "payments_search" ON "crm"."payments" USING btree ("tenant_id","id","search_text");--> statement-breakpoint
CREATE INDEX "payments_by_refunded" ON "crm"."payments" USING btree ("tenant_id","refunds_payment_id");--> statement-breakpoint
CREATE INDEX "quotes_by_number" ON "crm"."quotes" USING btree ("tenant_id","number","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "quotes_by_total" ON "crm"."quotes" USING btree ("tenant_id","total_minor","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "quotes_by_valid_until" ON "crm"."quotes" USING btree ("tenant_id",(case when valid_until is null then 'infinity'::date else valid_until end),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "quotes_by_created" ON "crm"."quotes" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "quotes_by_root" ON "crm"."quotes" USING btree ("tenant_id","root_quote_id");--> statement-breakpoint
CREATE INDEX "quotes_search" ON "crm"."quotes" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "quotes_archive" ON "crm"."quotes" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "quotes_bin" ON "crm"."quotes" USING btree ("tenant_id","id") WHERE deleted_at is not null;--> statement-breakpoint
ALTER TABLE "crm"."invoices" ADD CONSTRAINT "invoices_credit_check" CHECK ((kind = 'credit_note') = (credits_invoice_id is not null));--> statement-breakpoint
ALTER TABLE "crm"."number_series" ADD CONSTRAINT "number_series_key_check" CHECK (key in ('quote', 'contract', 'invoice', 'credit_note'));--> statement-breakpoint
ALTER TABLE "crm"."payments" ADD CONSTRAINT "payments_method_check" CHECK (method in ('cash', 'bank_transfer', 'card', 'check', 'other'));--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD CONSTRAINT "quotes_deposit_ppm_check" CHECK (deposit_ppm between 0 and 1000000);--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD CONSTRAINT "quotes_balance_due_days_check" CHECK (balance_due_days between 0 and 365);--> statement-breakpoint
ALTER TABLE "crm"."quotes" ADD CONSTRAINT "quotes_instalments_check" CHECK (instalments between 1 and 24);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."company" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."quote_line_items" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
-- What an issued invoice still comes to: credit notes count like payments, and what is overdue follows from the days of its
-- parts, or its own where it has none, and from the day it is where the company is.
create or replace view crm.invoice_balances with (security_invoker = true) as
select i.tenant_id, i.id, i.total_minor, p.paid as paid_minor, d.balance as balance_minor,
  case when i.status <> 'issued' then i.status
       when i.kind = 'credit_note' then 'issued'
       when d.balance <= 0 then 'paid'
       when d.overdue > 0 then 'overdue'
       when p.paid + c.credited > 0 then 'partially_paid'
       else 'unpaid' end as display_status,
  c.credited as credited_minor, d.overdue as overdue_minor
from crm.invoices i
cross join lateral (
  select coalesce(sum(case when py.kind = 'refund' then -a.amount_minor else a.amount_minor end), 0)::bigint as paid
  from crm.payment_allocations a
  join crm.payments py on py.tenant_id = a.tenant_id and py.id = a.payment_id and py.status = 'succeeded'
  where a.tenant_id = i.tenant_id and a.invoice_id = i.id
) p
cross join lateral (
  select coalesce(sum(n.total_minor), 0)::bigint as credited
  from crm.invoices n
  where n.tenant_id = i.tenant_id and n.credits_invoice_id = i.id and n.status = 'issued'
) c
cross join lateral (
  select case when i.status = 'issued' and i.kind <> 'credit_note' then i.total_minor - p.paid - c.credited else 0 end as balance
) b
cross join lateral (
  select (now() at time zone coalesce((select y.time_zone from crm.company y where y.tenant_id = i.tenant_id), 'UTC'))::date as day
) t
cross join lateral (
  select coalesce(sum(s.amount_minor) filter (where s.due_on < t.day), case when count(*) = 0 and i.due_on < t.day then i.total_minor else 0 end)::bigint as due
  from crm.payment_schedule s
  where s.tenant_id = i.tenant_id and s.invoice_id = i.id
) f
cross join lateral (
  select b.balance, greatest(least(b.balance, f.due - p.paid - c.credited), 0) as overdue
) d;
--> statement-breakpoint
-- As before, and of an allocation only more can be allocated.
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
end $$;
