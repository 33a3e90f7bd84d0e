CREATE TABLE "crm"."custom_fields" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"entity" text NOT NULL,
	"key" text NOT NULL,
	"label" text NOT NULL,
	"type" text NOT NULL,
	"options" jsonb NOT NULL,
	"required" boolean DEFAULT false NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"custom" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"import_batch_id" uuid,
	CONSTRAINT "custom_fields_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "custom_fields_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "custom_fields_version_check" CHECK (version > 0),
	CONSTRAINT "custom_fields_entity_check" CHECK (entity in ('account', 'contact', 'lead', 'opportunity', 'event', 'event_date', 'quote', 'contract', 'invoice', 'task', 'note', 'communication', 'location', 'catalog_item', 'resource')),
	CONSTRAINT "custom_fields_type_check" CHECK (type in ('text', 'long_text', 'number', 'decimal', 'date', 'checkbox', 'select', 'multi_select', 'url', 'email')),
	CONSTRAINT "custom_fields_label_check" CHECK (btrim(label) <> ''),
	CONSTRAINT "custom_fields_key_check" CHECK (key ~ '^[a-z][a-z0-9_]{0,49}$'),
	CONSTRAINT "custom_fields_options_check" CHECK (jsonb_typeof(options) = 'array')
);
--> statement-breakpoint
ALTER TABLE "crm"."custom_fields" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "crm"."accounts_custom";--> statement-breakpoint
DROP INDEX "crm"."attachments_custom";--> statement-breakpoint
DROP INDEX "crm"."catalog_items_custom";--> statement-breakpoint
DROP INDEX "crm"."communications_custom";--> statement-breakpoint
DROP INDEX "crm"."contact_accounts_custom";--> statement-breakpoint
DROP INDEX "crm"."contacts_custom";--> statement-breakpoint
DROP INDEX "crm"."contracts_custom";--> statement-breakpoint
DROP INDEX "crm"."event_dates_custom";--> statement-breakpoint
DROP INDEX "crm"."events_custom";--> statement-breakpoint
DROP INDEX "crm"."invoice_line_items_custom";--> statement-breakpoint
DROP INDEX "crm"."invoices_custom";--> statement-breakpoint
DROP INDEX "crm"."leads_custom";--> statement-breakpoint
DROP INDEX "crm"."locations_custom";--> statement-breakpoint
DROP INDEX "crm"."notes_custom";--> statement-breakpoint
DROP INDEX "crm"."opportunities_custom";--> statement-breakpoint
DROP INDEX "crm"."opportunity_line_items_custom";--> statement-breakpoint
DROP INDEX "crm"."pipeline_stages_custom";--> statement-breakpoint
DROP INDEX "crm"."pipelines_custom";--> statement-breakpoint
DROP INDEX "crm"."quotes_custom";--> statement-breakpoint
DROP INDEX "crm"."resources_custom";--> statement-breakpoint
DROP INDEX "crm"."saved_views_custom";--> statement-breakpoint
DROP INDEX "crm"."task_templates_custom";--> statement-breakpoint
DROP INDEX "crm"."tasks_custom";--> statement-breakpoint
CREATE INDEX "custom_fields_recent" ON "crm"."custom_fields" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "custom_fields_custom" ON "crm"."custom_fields" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE UNIQUE INDEX "custom_fields_once" ON "crm"."custom_fields" USING btree ("tenant_id","entity","key");--> statement-breakpoint
CREATE INDEX "accounts_custom" ON "crm"."accounts" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "attachments_custom" ON "crm"."attachments" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "catalog_items_custom" ON "crm"."catalog_items" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "communications_custom" ON "crm"."communications" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "contact_accounts_custom" ON "crm"."contact_accounts" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "contacts_custom" ON "crm"."contacts" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "contracts_custom" ON "crm"."contracts" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "event_dates_custom" ON "crm"."event_dates" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "events_custom" ON "crm"."events" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "invoice_line_items_custom" ON "crm"."invoice_line_items" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "invoices_custom" ON "crm"."invoices" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "leads_custom" ON "crm"."leads" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "locations_custom" ON "crm"."locations" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "notes_custom" ON "crm"."notes" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "opportunities_custom" ON "crm"."opportunities" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "opportunity_line_items_custom" ON "crm"."opportunity_line_items" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "pipeline_stages_custom" ON "crm"."pipeline_stages" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "pipelines_custom" ON "crm"."pipelines" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "quotes_custom" ON "crm"."quotes" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "resources_custom" ON "crm"."resources" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "saved_views_custom" ON "crm"."saved_views" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "task_templates_custom" ON "crm"."task_templates" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "tasks_custom" ON "crm"."tasks" USING btree ("tenant_id","id") WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."custom_fields" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
-- Whoever writes a new record wishes to be asked for its required fields, or not: what comes of another record, of a file or of
-- a move is written as it is. The wish is a setting of one transaction and is taken back here, so that it holds for one row.
create function crm.require_custom() returns trigger
language plpgsql set search_path = '' as $$
declare
  missing text;
begin
  perform set_config('tenantry.requires_custom', '', true);
  select f.key into missing from crm.custom_fields f
  where f.entity = tg_argv[0] and f.required and f.archived_at is null and f.deleted_at is null and not new.custom ? f.key
  order by f.position, f.key limit 1;
  if missing is not null then
    raise not_null_violation using message = 'a required custom field has no value', column = 'custom.' || missing;
  end if;
  return new;
end $$;
--> statement-breakpoint
do $$
declare
  kind text;
  customized text;
begin
  for kind, customized in
    values ('account', 'accounts'), ('contact', 'contacts'), ('lead', 'leads'), ('opportunity', 'opportunities'), ('event', 'events'),
      ('event_date', 'event_dates'), ('quote', 'quotes'), ('contract', 'contracts'), ('invoice', 'invoices'), ('task', 'tasks'),
      ('note', 'notes'), ('communication', 'communications'), ('location', 'locations'), ('catalog_item', 'catalog_items'),
      ('resource', 'resources')
  loop
    execute format(
      'create trigger %I before insert on crm.%I for each row
       when (nullif(current_setting(''tenantry.requires_custom'', true), '''') is not null)
       execute function crm.require_custom(%L)', customized || '_require_custom', customized, kind);
  end loop;
end $$;
