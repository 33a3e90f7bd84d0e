-- Every record gets what a list needs: a text to search in, an index per sort, and the indexes of archive and bin. Leads get a
-- heading and their place in the queue, dates of events the instants they start and end at.
ALTER TABLE "crm"."catalog_items" DROP CONSTRAINT "catalog_items_price_minor_check";--> statement-breakpoint
DROP INDEX "crm"."leads_queue";--> statement-breakpoint
DROP INDEX "crm"."events_by_start";--> statement-breakpoint
ALTER TABLE "crm"."catalog_items" ADD COLUMN "sku" text;--> statement-breakpoint
ALTER TABLE "crm"."catalog_items" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(name || chr(10) || coalesce(sku, '')), 500)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."communications" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(coalesce(subject, '') || chr(10) || coalesce(body_text, '')), 500)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."event_dates" ADD COLUMN "starts_at" timestamp with time zone GENERATED ALWAYS AS (timezone(time_zone, local_date + start_time)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."event_dates" ADD COLUMN "ends_at" timestamp with time zone GENERATED ALWAYS AS (timezone(time_zone, local_date + (case when ends_next_day then 1 else 0 end) + end_time)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."event_dates" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(coalesce(label, '') || chr(10) || coalesce(onsite_name, '')), 500)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."events" ADD COLUMN "owner_id" uuid;--> statement-breakpoint
ALTER TABLE "crm"."events" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(title || chr(10) || event_type), 500)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."leads" ADD COLUMN "display_name" text GENERATED ALWAYS AS (coalesce(nullif(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), company, email::text, phone_e164)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."leads" ADD COLUMN "queue_rank" bigint GENERATED ALWAYS AS ((case status when 'new' then 0 when 'contacted' then 1 when 'qualified' then 2 when 'unqualified' then 3 else 4 end)
  * 1000000000000::bigint + floor(extract(epoch from created_at - '1970-01-01 00:00:00+00'::timestamptz))::bigint) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."leads" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')) || chr(10) || coalesce(company, '') || chr(10) || coalesce(email::text, '') || chr(10) || coalesce(phone_e164, '')), 500)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."locations" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(name || chr(10) || coalesce(line1, '') || chr(10) || coalesce(city, '')), 500)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."notes" ADD COLUMN "title" text;--> statement-breakpoint
ALTER TABLE "crm"."notes" ADD COLUMN "said_by" text;--> statement-breakpoint
ALTER TABLE "crm"."notes" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(coalesce(title, '') || chr(10) || body_md), 500)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."resources" ADD COLUMN "serial_number" text;--> statement-breakpoint
ALTER TABLE "crm"."resources" ADD COLUMN "description" text;--> statement-breakpoint
ALTER TABLE "crm"."resources" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(name || chr(10) || coalesce(serial_number, '')), 500)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."tasks" ADD COLUMN "outcome" text;--> statement-breakpoint
ALTER TABLE "crm"."tasks" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(title), 500)) STORED NOT NULL;--> statement-breakpoint
-- Checking a new foreign key asks both tables as their owner, and forced row security asks whose tenant that is. Within this
-- transaction nobody else sees them.
ALTER TABLE "crm"."events" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."member_refs" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."events" ADD CONSTRAINT "events_owner_fk" FOREIGN KEY ("tenant_id","owner_id") REFERENCES "crm"."member_refs"("tenant_id","user_id") ON DELETE set null ("owner_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."member_refs" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."events" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "catalog_items_by_name" ON "crm"."catalog_items" USING btree ("tenant_id","name","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "catalog_items_by_price" ON "crm"."catalog_items" USING btree ("tenant_id","price_minor","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "catalog_items_by_created" ON "crm"."catalog_items" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "catalog_items_search" ON "crm"."catalog_items" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "catalog_items_archive" ON "crm"."catalog_items" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "catalog_items_bin" ON "crm"."catalog_items" USING btree ("tenant_id","id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "communications_by_name" ON "crm"."communications" USING btree ("tenant_id",(case when subject is null then '' else subject end),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "communications_by_created" ON "crm"."communications" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "communications_search" ON "crm"."communications" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "communications_archive" ON "crm"."communications" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "communications_bin" ON "crm"."communications" USING btree ("tenant_id","id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "event_dates_by_start" ON "crm"."event_dates" USING btree ("tenant_id","starts_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "event_dates_by_name" ON "crm"."event_dates" USING btree ("tenant_id",(case when label is null then '' else label end),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "event_dates_by_created" ON "crm"."event_dates" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "event_dates_at_location" ON "crm"."event_dates" USING btree ("tenant_id","location_id");--> statement-breakpoint
CREATE INDEX "event_dates_search" ON "crm"."event_dates" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "event_dates_archive" ON "crm"."event_dates" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "event_dates_bin" ON "crm"."event_dates" USING btree ("tenant_id","id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "events_by_owner" ON "crm"."events" USING btree ("tenant_id","owner_id");--> statement-breakpoint
CREATE INDEX "events_by_name" ON "crm"."events" USING btree ("tenant_id","title","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "events_by_created" ON "crm"."events" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "events_search" ON "crm"."events" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "events_archive" ON "crm"."events" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "events_bin" ON "crm"."events" USING btree ("tenant_id","id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "leads_by_queue" ON "crm"."leads" USING btree ("tenant_id","queue_rank","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "leads_by_name" ON "crm"."leads" USING btree ("tenant_id","display_name","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "leads_by_wanted" ON "crm"."leads" USING btree ("tenant_id",(case when wanted_on is null then 'infinity'::date else wanted_on end),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "leads_by_created" ON "crm"."leads" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "leads_by_owner" ON "crm"."leads" USING btree ("tenant_id","owner_id");--> statement-breakpoint
CREATE INDEX "leads_by_email" ON "crm"."leads" USING btree ("tenant_id","email");--> statement-breakpoint
CREATE INDEX "leads_search" ON "crm"."leads" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "leads_archive" ON "crm"."leads" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "leads_bin" ON "crm"."leads" USING btree ("tenant_id","id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "locations_by_city" ON "crm"."locations" USING btree ("tenant_id",(case when city is null then '' else city end),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "locations_by_created" ON "crm"."locations" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "locations_by_contact" ON "crm"."locations" USING btree ("tenant_id","contact_id");--> statement-breakpoint
CREATE INDEX "locations_search" ON "crm"."locations" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "locations_archive" ON "crm"."locations" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "locations_bin" ON "crm"."locations" USING btree ("tenant_id","id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "notes_by_name" ON "crm"."notes" USING btree ("tenant_id",(case when title is null then '' else title end),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "notes_by_created" ON "crm"."notes" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "notes_search" ON "crm"."notes" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "notes_archive" ON "crm"."notes" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "notes_bin" ON "crm"."notes" USING btree ("tenant_id","id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "resources_by_name" ON "crm"."resources" USING btree ("tenant_id","name","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "resources_by_created" ON "crm"."resources" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "resources_search" ON "crm"."resources" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "resources_archive" ON "crm"."resources" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "resources_bin" ON "crm"."resources" USING btree ("tenant_id","id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "tasks_by_name" ON "crm"."tasks" USING btree ("tenant_id","title","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "tasks_by_due" ON "crm"."tasks" USING btree ("tenant_id",(case when due_on is null then 'infinity'::date else due_on end),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "tasks_by_created" ON "crm"."tasks" USING btree ("tenant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "tasks_search" ON "crm"."tasks" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "tasks_archive" ON "crm"."tasks" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "tasks_bin" ON "crm"."tasks" USING btree ("tenant_id","id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "events_by_start" ON "crm"."events" USING btree ("tenant_id",(case when first_starts_at is null then 'infinity'::timestamptz else first_starts_at end),"id") WHERE deleted_at is null;--> statement-breakpoint
ALTER TABLE "crm"."catalog_items" ADD CONSTRAINT "catalog_items_duration_minutes_check" CHECK (duration_minutes between 0 and 525600);--> statement-breakpoint
ALTER TABLE "crm"."catalog_items" ADD CONSTRAINT "catalog_items_price_minor_check" CHECK (price_minor between 0 and 9007199254740991);--> statement-breakpoint
ALTER TABLE "crm"."leads" ADD CONSTRAINT "leads_reach_check" CHECK (coalesce(first_name, last_name, company, email::text, phone_e164) is not null);--> statement-breakpoint
ALTER TABLE "crm"."notes" ADD CONSTRAINT "notes_body_md_check" CHECK (btrim(body_md) <> '');