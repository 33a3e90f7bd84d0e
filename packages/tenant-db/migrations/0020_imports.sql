ALTER TABLE "crm"."import_batches" DROP CONSTRAINT "import_batches_status_check";--> statement-breakpoint
ALTER TABLE "crm"."import_rows" DROP CONSTRAINT "import_rows_outcome_check";--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ALTER COLUMN "file_name" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ALTER COLUMN "mapping" SET DEFAULT '[]'::jsonb;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ALTER COLUMN "dedupe" SET DEFAULT '{"rule":"none"}'::jsonb;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ALTER COLUMN "total" SET DEFAULT 0;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ALTER COLUMN "total" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ADD COLUMN "header" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ADD COLUMN "encoding" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ADD COLUMN "delimiter" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ADD COLUMN "checked" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ADD COLUMN "invalid" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ADD COLUMN "reverted" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ADD COLUMN "kept" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ADD COLUMN "work_id" uuid;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ADD COLUMN "updated_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "import_rows_with_errors" ON "crm"."import_rows" USING btree ("tenant_id","batch_id","row_no") WHERE errors is not null;--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ADD CONSTRAINT "import_batches_entity_check" CHECK (entity in ('account', 'contact', 'lead'));--> statement-breakpoint
ALTER TABLE "crm"."import_batches" ADD CONSTRAINT "import_batches_status_check" CHECK (status in ('staging', 'draft', 'checking', 'checked', 'running', 'paused', 'done', 'failed', 'reverting', 'reverted', 'removing'));--> statement-breakpoint
ALTER TABLE "crm"."import_rows" ADD CONSTRAINT "import_rows_outcome_check" CHECK (outcome in ('created', 'updated', 'skipped', 'failed', 'reverted', 'kept'));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."import_batches" AS RESTRICTIVE FOR SELECT TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or ((nullif(current_setting('tenantry.access', true), '')::jsonb #> array['see', entity]) is null or created_by = any ((nullif(current_setting('tenantry.access', true), '')::jsonb #>> array['see', entity])::uuid[])));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."import_rows" AS RESTRICTIVE FOR SELECT TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or (exists (select from crm.import_batches b where b.id = batch_id)));