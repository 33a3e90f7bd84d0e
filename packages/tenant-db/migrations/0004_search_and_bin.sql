-- Trigram indexes serve nobody under row security: LIKE is not leakproof, so Postgres asks it only of rows it has already
-- fetched and found to be the tenant's own. The search reads an index of lower-cased texts instead (33 ms for 200,000 rows,
-- where ILIKE over the rows took 215 ms and the trigram indexes were kept up for nothing).
DROP INDEX "crm"."accounts_name_search";--> statement-breakpoint
DROP INDEX "crm"."accounts_email_search";--> statement-breakpoint
DROP INDEX "crm"."contact_points_search";--> statement-breakpoint
DROP INDEX "crm"."contacts_name_search";--> statement-breakpoint
DROP INDEX "crm"."opportunities_name_search";--> statement-breakpoint
ALTER TABLE "crm"."accounts" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(name || chr(10) || coalesce(email::text, '')), 500)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."contacts" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, ''))), 500)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."opportunities" ADD COLUMN "search_text" text COLLATE "C" GENERATED ALWAYS AS (left(lower(name), 500)) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "accounts_search" ON "crm"."accounts" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "accounts_archive" ON "crm"."accounts" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "accounts_bin" ON "crm"."accounts" USING btree ("tenant_id","id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "contacts_search" ON "crm"."contacts" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contacts_archive" ON "crm"."contacts" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "contacts_bin" ON "crm"."contacts" USING btree ("tenant_id","id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "opportunities_search" ON "crm"."opportunities" USING btree ("tenant_id","id","search_text") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "opportunities_archive" ON "crm"."opportunities" USING btree ("tenant_id","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "opportunities_bin" ON "crm"."opportunities" USING btree ("tenant_id","id") WHERE deleted_at is not null;--> statement-breakpoint
ALTER TABLE "crm"."accounts" ADD CONSTRAINT "accounts_parent_check" CHECK (parent_account_id <> id);