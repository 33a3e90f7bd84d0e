ALTER TABLE "crm"."saved_views" DROP CONSTRAINT "saved_views_visibility_check";--> statement-breakpoint
ALTER TABLE "crm"."saved_views" ADD COLUMN "custom" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."saved_views" ADD COLUMN "created_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."saved_views" ADD COLUMN "created_by" uuid;--> statement-breakpoint
ALTER TABLE "crm"."saved_views" ADD COLUMN "updated_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."saved_views" ADD COLUMN "updated_by" uuid;--> statement-breakpoint
ALTER TABLE "crm"."saved_views" ADD COLUMN "archived_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "crm"."saved_views" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "crm"."saved_views" ADD COLUMN "deleted_by" uuid;--> statement-breakpoint
ALTER TABLE "crm"."saved_views" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "crm"."saved_views" ADD COLUMN "import_batch_id" uuid;--> statement-breakpoint
CREATE INDEX "saved_views_recent" ON "crm"."saved_views" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "saved_views_custom" ON "crm"."saved_views" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
ALTER TABLE "crm"."saved_views" ADD CONSTRAINT "saved_views_custom_check" CHECK (jsonb_typeof(custom) = 'object');--> statement-breakpoint
ALTER TABLE "crm"."saved_views" ADD CONSTRAINT "saved_views_version_check" CHECK (version > 0);--> statement-breakpoint
ALTER TABLE "crm"."saved_views" ADD CONSTRAINT "saved_views_visibility_check" CHECK (visibility in ('private', 'tenant'));