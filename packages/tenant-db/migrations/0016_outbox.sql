CREATE TABLE "crm"."outbox" (
	"tenant_id" uuid DEFAULT crm.current_tenant() NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"communication_id" uuid NOT NULL,
	"document_kind" text,
	"document_id" uuid,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"body_text" text NOT NULL,
	"link_key_id" text,
	"idempotency_key" text NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "outbox_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "outbox_idempotency_key" UNIQUE("tenant_id","idempotency_key"),
	CONSTRAINT "outbox_status_check" CHECK (status in ('queued', 'sending', 'sent', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "crm"."outbox" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "crm"."outbox" ADD CONSTRAINT "outbox_communication_fk" FOREIGN KEY ("tenant_id","communication_id") REFERENCES "crm"."communications"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "outbox_by_communication" ON "crm"."outbox" USING btree ("tenant_id","communication_id");--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crm"."outbox" AS PERMISSIVE FOR ALL TO public USING (tenant_id = (select crm.current_tenant())) WITH CHECK (tenant_id = (select crm.current_tenant()));--> statement-breakpoint
CREATE POLICY "row_access_select" ON "crm"."outbox" AS RESTRICTIVE FOR SELECT TO public USING ((select nullif(current_setting('tenantry.access', true), '')::jsonb is null) or (crm.is_seen('communication', communication_id)));
--> statement-breakpoint
call crm.guard_pointers();
