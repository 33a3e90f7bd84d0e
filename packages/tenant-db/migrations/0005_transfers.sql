-- Where the rows of an older system have arrived, and those that could not.
CREATE TABLE "crm"."transfer_marks" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"name" text NOT NULL,
	"last_id" uuid,
	"rows" bigint DEFAULT '0' NOT NULL,
	"is_done" boolean DEFAULT false NOT NULL,
	"position" text,
	CONSTRAINT "transfer_marks_pkey" PRIMARY KEY("tenant_id","name")
);
--> statement-breakpoint
ALTER TABLE "crm"."transfer_marks" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "crm"."transfer_quarantine" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"source_table" text NOT NULL,
	"source_id" uuid NOT NULL,
	"column_name" text NOT NULL,
	"reason" text NOT NULL,
	"content" jsonb NOT NULL,
	CONSTRAINT "transfer_quarantine_pkey" PRIMARY KEY("tenant_id","source_table","source_id","column_name")
);
--> statement-breakpoint
ALTER TABLE "crm"."transfer_quarantine" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."transfer_marks" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."transfer_quarantine" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));