CREATE TABLE "crm"."task_templates" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"event_type" text,
	"items" jsonb NOT NULL,
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
	CONSTRAINT "task_templates_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "task_templates_custom_check" CHECK (jsonb_typeof(custom) = 'object'),
	CONSTRAINT "task_templates_version_check" CHECK (version > 0),
	CONSTRAINT "task_templates_name_check" CHECK (btrim(name) <> ''),
	CONSTRAINT "task_templates_items_check" CHECK (jsonb_typeof(items) = 'array')
);
--> statement-breakpoint
ALTER TABLE "crm"."task_templates" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."tasks" ADD COLUMN "anchored_on" date;--> statement-breakpoint
ALTER TABLE "crm"."tasks" ADD COLUMN "remind_days_before" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "task_templates_recent" ON "crm"."task_templates" USING btree ("tenant_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "task_templates_custom" ON "crm"."task_templates" USING gin (custom jsonb_path_ops) WHERE custom <> '{}'::jsonb;--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."task_templates" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));